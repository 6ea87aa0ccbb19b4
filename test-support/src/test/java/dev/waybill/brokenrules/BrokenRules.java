package dev.waybill.brokenrules;

import dev.waybill.brokenrules.other.OtherItems;
import dev.waybill.saga.engine.ImpureEngine;
import jakarta.persistence.Entity;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.annotation.Transactional;

import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Each class breaks one rule. */
public final class BrokenRules {

    private BrokenRules() {}

    public static class ImportsAnotherService {
        public Class<?> engine() {
            return ImpureEngine.class;
        }
    }

    public static class Sleeps {
        public void nap() throws InterruptedException {
            Thread.sleep(1);
        }
    }

    public static class SleepsInUnits {
        public void nap() throws InterruptedException {
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    @SuppressWarnings("JavaUtilDate")
    public static class HasDatesOfOld {
        public long when(Date date) {
            return date.getTime();
        }
    }

    public static class WritesToTheConsole {
        @SuppressWarnings("SystemOut")
        public void say() {
            System.out.println("said");
        }
    }

    @Entity
    public static class PublishesBySpring {
        public void publish(ApplicationEventPublisher publisher) {
            publisher.publishEvent("published");
        }
    }

    @Entity
    public static class HasASetter {
        private int count;

        public void setCount(int count) {
            this.count = count;
        }

        public int count() {
            return count;
        }
    }

    public static class HasSqlAnywhere {
        public int count(JdbcClient database) {
            return database.sql("select count(*) from item").query(Integer.class).single();
        }
    }

    @Controller
    public static class ReachesIntoAnotherFeature {
        public int count(OtherItems items) {
            return items.count();
        }
    }

    @Controller
    @Transactional
    public static class IsATransaction {}

    @Controller
    public static class HasATransactionalMethod {
        @Transactional
        public void change() {}
    }

    public static class HasAnInjectedField {
        @Autowired
        @SuppressWarnings("NullAway.Init")
        private Clock clock;

        public Instant now() {
            return clock.instant();
        }
    }

    public static class ReadsTheSystemsTime {
        public Instant now() {
            return Instant.now();
        }
    }

    public static class ReadsTheSystemsTimeByReference {
        public Supplier<Instant> now() {
            return Instant::now;
        }
    }

    public static class SomethingImpl {}

    /** Breaks none. */
    @Controller
    public static class KeepsTheRules {

        private final Clock clock;

        public KeepsTheRules(Clock clock) {
            this.clock = clock;
        }

        public Instant now() {
            return Instant.now(clock);
        }
    }
}
