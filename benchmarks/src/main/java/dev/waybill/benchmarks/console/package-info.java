/** How fast the console's pages are among very many orders, and how much memory it takes. */
@NullMarked
package dev.waybill.benchmarks.console;

import org.jspecify.annotations.NullMarked;
