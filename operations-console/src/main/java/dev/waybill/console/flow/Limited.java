package dev.waybill.console.flow;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Of a stream, so many bytes and no more: who sends on without an end shall not fill the memory. */
final class Limited extends FilterInputStream {

    private long left;

    Limited(InputStream in, long most) {
        super(in);
        this.left = most;
    }

    @Override
    public int read() throws IOException {
        return counted(super.read(), 1);
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        int read = super.read(into, from, length);
        return counted(read, read);
    }

    private int counted(int read, int bytes) {
        left -= read < 0 ? 0 : bytes;
        if (left < 0) {
            throw new UnreadableMetricsException("More than is read");
        }
        return read;
    }
}
