package dev.waybill.benchmarks.audit;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What somebody has written about an order, and the same about its copies: every id in it becomes another one, the same
 * wherever it stands, so that copies of a row, a message and a book's line belong together as the originals do. An id keeps
 * its beginning, and so the time of a UUIDv7.
 */
final class Template {

    private static final Pattern CHANGING = Pattern.compile("""
            (?<id>[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|pay_[0-9a-f]{32}|SP[0-9A-F]{16})\
            |W-(?<order>\\d{6,})|<<(?<number>\\d+)\\+(?<step>-?\\d+)>>""");
    private static final int CHANGED_DIGITS = 12;
    /** Odd, so that no two of 2^48 copies are the same, and large, so that none is near to another. */
    private static final long BETWEEN_COPIES = 0x9E37_79B9_7F4BL;
    private static final long ALL = (1L << (4 * CHANGED_DIGITS)) - 1;
    private static final HexFormat HEX = HexFormat.of();

    private sealed interface Piece {

        void write(int copy, StringBuilder text);

        record Same(String text) implements Piece {
            @Override
            public void write(int copy, StringBuilder all) {
                all.append(text);
            }
        }

        record Id(String beginning, long end, boolean upperCase) implements Piece {
            @Override
            public void write(int copy, StringBuilder text) {
                String changed = HEX.toHexDigits((end + copy * BETWEEN_COPIES) & ALL, CHANGED_DIGITS);
                text.append(beginning).append(upperCase ? changed.toUpperCase(Locale.ROOT) : changed);
            }
        }

        record Counted(long first, long step) implements Piece {
            @Override
            public void write(int copy, StringBuilder text) {
                text.append(first + copy * step);
            }
        }
    }

    private final List<Piece> pieces;
    private final int length;

    private Template(List<Piece> pieces, int length) {
        this.pieces = pieces;
        this.length = length;
    }

    /** How a query writes a number that is another in each copy. */
    static String changing(String number, String step) {
        return "'<<' || %s || '+' || %s || '>>'".formatted(number, step);
    }

    /** @param orderNumbers by how much a copy's order number is greater than that of the copy before */
    static Template of(String text, long orderNumbers) {
        List<Piece> pieces = new ArrayList<>();
        Matcher matcher = CHANGING.matcher(text);
        int end = 0;
        while (matcher.find()) {
            pieces.add(new Piece.Same(text.substring(end, matcher.start())));
            String id = matcher.group("id");
            if (id != null) {
                int kept = id.length() - CHANGED_DIGITS;
                pieces.add(new Piece.Id(id.substring(0, kept), HexFormat.fromHexDigitsToLong(id, kept, id.length()),
                        id.startsWith("SP")));
            } else if (matcher.group("order") != null) {
                pieces.add(new Piece.Same("W-"));
                pieces.add(new Piece.Counted(Long.parseLong(matcher.group("order")), orderNumbers));
            } else {
                pieces.add(new Piece.Counted(Long.parseLong(matcher.group("number")),
                        Long.parseLong(matcher.group("step"))));
            }
            end = matcher.end();
        }
        pieces.add(new Piece.Same(text.substring(end)));
        return new Template(List.copyOf(pieces), text.length());
    }

    /** @param copy from 1 on; 0 is the original, with its numbers */
    String copy(int copy) {
        var text = new StringBuilder(length + 16);
        pieces.forEach(piece -> piece.write(copy, text));
        return text.toString();
    }
}
