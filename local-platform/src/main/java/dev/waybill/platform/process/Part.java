package dev.waybill.platform.process;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One part of the platform, a process of its own: how it is started, known to be ready, and stopped. */
public interface Part {

    /** The name a person types: a module's name, {@code kafka} or {@code postgres}. */
    String name();

    /** The port others reach it at. */
    int port();

    /** Every port it listens on. */
    default List<Integer> ports() {
        return List.of(port());
    }

    /** Where it is reached, to be shown. */
    String address();

    /** The parts that must have been ready once before this one is started. */
    Set<String> needs();

    /** What must be there before each launch; quick when it already is. */
    void prepare() throws IOException;

    List<String> command();

    Map<String, String> environment();

    /** Whether it does its work now. Asked often, answers soon, never throws. */
    boolean answers();

    /** The same as a glance from outside, for a person who asks how things are. */
    boolean looksAlive();

    /**
     * What must be done after it answers and before anybody may rely on it; harmless when it was done before. Answers what a
     * person should know, a sentence each.
     */
    default List<String> settle() {
        return List.of();
    }

    StopRule stopRule();
}
