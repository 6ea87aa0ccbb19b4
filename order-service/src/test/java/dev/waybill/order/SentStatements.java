package dev.waybill.order;

import org.hibernate.resource.jdbc.spi.StatementInspector;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What Hibernate sends to the database for a test: from the test's own thread, and from the virtual threads that requests run in. The
 * service's consumers go on meanwhile, with what earlier tests have left to them; theirs are left out, so that nobody has to wait
 * until all is quiet.
 */
public final class SentStatements implements StatementInspector {

    private static volatile @Nullable Watch watch;

    private record Watch(Thread owner, Queue<String> sent) {}

    public static List<String> during(Runnable work) {
        var mine = new Watch(Thread.currentThread(), new ConcurrentLinkedQueue<>());
        watch = mine;
        try {
            work.run();
        } finally {
            watch = null;
        }
        return List.copyOf(mine.sent());
    }

    /** Asked once for each statement that is prepared; a batch of updates is one. */
    @Override
    public String inspect(String sql) {
        Watch running = watch;
        Thread thread = Thread.currentThread();
        if (running != null && (thread.equals(running.owner()) || thread.isVirtual())) {
            running.sent().add(sql);
        }
        return sql;
    }
}
