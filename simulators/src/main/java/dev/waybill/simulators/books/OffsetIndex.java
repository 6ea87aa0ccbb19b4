package dev.waybill.simulators.books;

import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * Where in a book the lines about something stand, in some 14 bytes per line: what grows with every order must be small. It
 * remembers 32 bits of a text's hash and 32 bits of offset, so it may name a line about something else, which whoever reads
 * that line will see. It never leaves one out. Not thread-safe.
 */
final class OffsetIndex {

    /** A book cannot be longer. */
    static final long LONGEST_BOOK = (1L << 32) - 2;

    /** Tables grow one by one, so that growing never needs much memory at once. */
    private static final int TABLES = 64;

    private static final int FIRST_SIZE = 16;

    private final long[][] tables = new long[TABLES][FIRST_SIZE];
    private final int[] sizes = new int[TABLES];

    void add(String text, long offset) {
        if (offset < 0 || offset >= LONGEST_BOOK) {
            throw new IllegalArgumentException("No line of a book stands at " + offset);
        }
        long hash = hash(text);
        int number = tableOf(hash);
        if (sizes[number] * 4 >= tables[number].length * 3) {
            tables[number] = grown(tables[number]);
        }
        // One more than the offset, because zero is an empty slot.
        insert(tables[number], (hash << 32) | (offset + 1));
        sizes[number]++;
    }

    /** The offsets of all lines about a text, and perhaps of a few others, in the order of the book. */
    LongStream find(String text) {
        long hash = hash(text);
        int wanted = (int) hash;
        long[] table = tables[tableOf(hash)];
        long[] found = new long[4];
        int count = 0;
        for (int slot = slotOf(wanted, table); table[slot] != 0; slot = (slot + 1) & (table.length - 1)) {
            if ((int) (table[slot] >>> 32) == wanted) {
                if (count == found.length) {
                    found = Arrays.copyOf(found, count * 2);
                }
                found[count++] = (table[slot] & 0xffff_ffffL) - 1;
            }
        }
        return LongStream.of(Arrays.copyOf(found, count)).sorted();
    }

    private static long[] grown(long[] table) {
        long[] larger = new long[table.length * 2];
        for (long entry : table) {
            if (entry != 0) {
                insert(larger, entry);
            }
        }
        return larger;
    }

    private static void insert(long[] table, long entry) {
        int slot = slotOf((int) (entry >>> 32), table);
        while (table[slot] != 0) {
            slot = (slot + 1) & (table.length - 1);
        }
        table[slot] = entry;
    }

    private static int tableOf(long hash) {
        return (int) (hash >>> 58);
    }

    private static int slotOf(int remembered, long[] table) {
        return remembered & (table.length - 1);
    }

    /** Spreads over all 64 bits, the finish being that of SplitMix64. */
    private static long hash(String text) {
        long hash = 0x9e3779b97f4a7c15L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
        return hash ^ (hash >>> 31);
    }
}
