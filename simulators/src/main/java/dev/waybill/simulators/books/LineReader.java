package dev.waybill.simulators.books;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Reads whole lines of a file from a position on, without moving the channel, so that many can read while one writes. */
final class LineReader {

    private final FileChannel channel;
    private final ByteBuffer chunk;
    private long nextChunk;
    private long position;

    /**
     * @param from where a line begins
     * @param chunkSize how much to read at a time, in bytes
     */
    LineReader(FileChannel channel, long from, int chunkSize) {
        this.channel = channel;
        this.chunk = ByteBuffer.allocate(chunkSize).flip();
        this.nextChunk = from;
        this.position = from;
    }

    /** The next line without its end; null if there is no whole line any more. */
    byte @Nullable [] next() throws IOException {
        var line = new ByteArrayOutputStream(512);
        while (chunk.hasRemaining() || fill()) {
            byte[] bytes = chunk.array();
            int start = chunk.position();
            int newline = start;
            while (newline < chunk.limit() && bytes[newline] != '\n') {
                newline++;
            }
            line.write(bytes, start, newline - start);
            if (newline < chunk.limit()) {
                chunk.position(newline + 1);
                position += line.size() + 1L;
                return line.toByteArray();
            }
            chunk.position(newline);
        }
        return null;
    }

    /** Behind the last line that was read. */
    long position() {
        return position;
    }

    private boolean fill() throws IOException {
        chunk.clear();
        int read = channel.read(chunk, nextChunk);
        chunk.flip();
        nextChunk += Math.max(0, read);
        return read > 0;
    }
}
