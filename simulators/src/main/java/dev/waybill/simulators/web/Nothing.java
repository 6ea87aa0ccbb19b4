package dev.waybill.simulators.web;

/** The body of a call that needs none: an empty object, or no body at all. */
public record Nothing() {}
