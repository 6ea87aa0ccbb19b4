package dev.waybill.benchmarks.peers;

import com.gruelbox.transactionoutbox.Dialect;
import com.gruelbox.transactionoutbox.Instantiator;
import com.gruelbox.transactionoutbox.Persistor;
import com.gruelbox.transactionoutbox.Submitter;
import com.gruelbox.transactionoutbox.TransactionManager;
import com.gruelbox.transactionoutbox.TransactionOutbox;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * transaction-outbox (gruelbox): each message is a call of a method, stored as such, and made in a transaction of its own
 * that deletes it when the method returns; it returns when the broker has the message. A background flush, as its manual
 * shows it, takes what is due, here on a pool of threads.
 */
final class TransactionOutboxPeer implements Peer {

    private static final int THREADS = 32;
    private static final int ROWS_PER_TRANSACTION = 500;
    private static final Duration DUE_AFTER = Duration.ofSeconds(1);

    private final HikariDataSource pool;
    private final TransactionManager transactions;
    private final Producer<String, byte[]> producer;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final TransactionOutbox writing;
    private final TransactionOutbox relaying;
    private volatile boolean running;
    private Thread flushing = new Thread();

    /** What is called. */
    static class Publisher {

        private final Producer<String, byte[]> producer;
        private final String topic;

        Publisher(Producer<String, byte[]> producer, String topic) {
            this.producer = producer;
            this.topic = topic;
        }

        void publish(String id, String order, String said) {
            Sample sample = new Sample(id, order, said);
            var record = new ProducerRecord<>(topic, order, sample.payload().getBytes(StandardCharsets.UTF_8));
            sample.headers()
                    .forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
            try {
                producer.send(record).get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("Kafka did not take a message", e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Interrupted", e);
            }
        }
    }

    TransactionOutboxPeer(Place place) {
        var config = new HikariConfig();
        config.setJdbcUrl(place.url());
        config.setUsername(Place.USER);
        config.setPassword(Place.PASSWORD);
        config.setMaximumPoolSize(THREADS + 4);
        this.pool = new HikariDataSource(config);
        this.transactions = TransactionManager.fromDataSource(pool);
        this.producer = place.producer();
        var publisher = new Publisher(producer, place.topic());
        // What is written is not sent at once, as if the process had died after the commit.
        this.writing = outbox(publisher, _ -> {});
        this.relaying = outbox(publisher, threads);
    }

    private TransactionOutbox outbox(Publisher publisher, Executor executor) {
        return TransactionOutbox.builder().transactionManager(transactions)
                .persistor(Persistor.forDialect(Dialect.POSTGRESQL_9)).instantiator(Instantiator.using(_ -> publisher))
                .submitter(Submitter.withExecutor(executor)).attemptFrequency(DUE_AFTER).build();
    }

    @Override
    public void fill(int rows) throws InterruptedException {
        for (int left = rows; left > 0; left -= ROWS_PER_TRANSACTION) {
            int now = Math.min(left, ROWS_PER_TRANSACTION);
            transactions.inTransaction(() -> {
                for (int i = 0; i < now; i++) {
                    Sample sample = Sample.next();
                    writing.schedule(Publisher.class).publish(sample.id(), sample.order(), sample.said());
                }
            });
        }
        // Its entries are due by the clock only: there is nothing to look at that would say so.
        Thread.sleep(DUE_AFTER.plusMillis(200));
    }

    @Override
    public void go() {
        running = true;
        flushing = Thread.ofPlatform().name("flush").start(() -> {
            while (running) {
                if (!relaying.flush()) {
                    Thread.onSpinWait();
                }
            }
        });
    }

    @Override
    public void stop() throws InterruptedException {
        running = false;
        flushing.join();
    }
}
