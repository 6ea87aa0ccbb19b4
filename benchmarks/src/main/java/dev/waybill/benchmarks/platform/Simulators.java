package dev.waybill.benchmarks.platform;

/** Gateway and carrier: the port where they answer, and their process. Everyone who is compared calls the same kind. */
public record Simulators(int port, long process) {}
