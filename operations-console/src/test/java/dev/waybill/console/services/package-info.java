@NullMarked
package dev.waybill.console.services;

import org.jspecify.annotations.NullMarked;
