package dev.waybill.simulators.mailbox;

import dev.waybill.simulators.faults.Faults;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.subethamail.smtp.server.SMTPServer;
import org.subethamail.smtp.server.Session;

import java.net.BindException;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Executors;

import static java.util.Objects.requireNonNull;

/** Listens for mail, as long as the simulators run. */
@Component
public class MailServer implements SmartLifecycle {

    private final Mailbox mailbox;
    private final Faults faults;
    private final MailboxSettings settings;
    private final Clock clock;
    private volatile @Nullable SMTPServer server;

    MailServer(Mailbox mailbox, Faults faults, MailboxSettings settings, Clock clock) {
        this.mailbox = mailbox;
        this.faults = faults;
        this.settings = settings;
        this.clock = clock;
    }

    /** Where it listens. */
    public int port() {
        return requireNonNull(server, "The mailbox does not listen").getPortAllocated();
    }

    @Override
    public void start() {
        SMTPServer starting = SMTPServer.port(settings.port()).bindAddress(Optional.ofNullable(settings.address()))
                .hostName("simulators").softwareName("mailbox").insertReceivedHeaders(false)
                .maxMessageSize(settings.largestMail())
                .executorService(Executors.newVirtualThreadPerTaskExecutor())
                .messageHandlerFactory(context -> new Delivery((Session) context, mailbox, faults,
                        settings.largestMail(), clock))
                .build();
        try {
            starting.start();
        } catch (RuntimeException e) {
            if (e.getCause() instanceof BindException) {
                throw new IllegalStateException(
                        "Port %d, at which the mailbox is to take mail, is taken by another program. Stop that, or name another by waybill.simulators.mailbox.port"
                                .formatted(settings.port()),
                        e);
            }
            throw e;
        }
        server = starting;
    }

    @Override
    public void stop() {
        SMTPServer running = server;
        if (running != null) {
            running.stop();
            server = null;
        }
    }

    @Override
    public boolean isRunning() {
        return server != null;
    }
}
