package dev.waybill.benchmarks.load;

import java.time.Duration;

/** How many orders may be on their way at once. */
public interface Places {

    /** For a shop where an order is through as soon as it is answered. */
    Places ENOUGH = new Places() {
        @Override
        public boolean take() {
            return true;
        }

        @Override
        public void giveBack() {
            // Nothing was taken.
        }

        @Override
        public int awaitAll(Duration bound) {
            return 0;
        }
    };

    /** Takes a place, and waits for it; false when none is free for long. */
    boolean take() throws InterruptedException;

    /** For an order that was not accepted. */
    void giveBack();

    /** Waits until every order that is on its way is through; answers how many are not. */
    int awaitAll(Duration bound) throws InterruptedException;
}
