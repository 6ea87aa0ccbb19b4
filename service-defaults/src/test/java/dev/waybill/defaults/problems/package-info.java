@NullMarked
package dev.waybill.defaults.problems;

import org.jspecify.annotations.NullMarked;
