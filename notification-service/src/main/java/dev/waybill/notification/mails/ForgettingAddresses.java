package dev.waybill.notification.mails;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import java.time.Clock;
import java.time.Instant;

/** Forgets the addresses of orders that ended long enough ago; some at a time, so that nobody waits for it. */
@Component
class ForgettingAddresses {

    private static final Logger LOG = LoggerFactory.getLogger(ForgettingAddresses.class);
    private static final int AT_ONCE = 500;

    private final Correspondences correspondences;
    private final NotificationSettings settings;
    private final Clock clock;

    ForgettingAddresses(Correspondences correspondences, NotificationSettings settings, Clock clock) {
        this.correspondences = correspondences;
        this.settings = settings;
        this.clock = clock;
    }

    /** Answers whether there may be more. */
    @Transactional
    boolean forgetSome() {
        Instant now = clock.instant();
        int forgotten = correspondences.forget(now.minus(settings.addressKept()), now, AT_ONCE);
        if (forgotten > 0) {
            LOG.info("Forgot {} addresses", forgotten);
        }
        return forgotten == AT_ONCE;
    }
}
