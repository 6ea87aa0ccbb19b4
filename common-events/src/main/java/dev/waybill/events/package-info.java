/**
 * The published language: the words in which services talk to each other. Value records validate themselves when they
 * are made, so a message that was read is a message that is well-formed.
 */
@NullMarked
package dev.waybill.events;

import org.jspecify.annotations.NullMarked;
