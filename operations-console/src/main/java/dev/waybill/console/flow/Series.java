package dev.waybill.console.flow;

/**
 * One figure of a service that changes in time. Labels that the map does not tell apart are added up before.
 *
 * @param of    the value of the one label that it is told apart by; empty without
 * @param bound of a histogram's bucket: it counts what took at most so many seconds
 */
record Series(Metric metric, String of, double bound) {

    static final double NO_BOUND = Double.NaN;

    static Series of(Metric metric) {
        return of(metric, "");
    }

    static Series of(Metric metric, String of) {
        return new Series(metric, of, NO_BOUND);
    }
}
