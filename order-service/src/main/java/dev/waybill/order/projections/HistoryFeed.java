package dev.waybill.order.projections;

import dev.waybill.events.Event;
import dev.waybill.events.InventoryEvent;
import dev.waybill.events.OrderEvent;
import dev.waybill.events.PaymentEvent;
import dev.waybill.events.ShippingEvent;
import dev.waybill.messaging.MessageContext;
import dev.waybill.messaging.Subscription;
import dev.waybill.messaging.history.RecordedEvent;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Hears whatever any service says about an order, and has the projections take in what one transaction has heard at once. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ProjectionSettings.class)
class HistoryFeed {

    private final Projections projections;

    HistoryFeed(Projections projections) {
        this.projections = projections;
    }

    @Bean
    Subscription orderHistorySubscription() {
        return Subscription.named("order-history").on(OrderEvent.class, this::hear).on(InventoryEvent.class, this::hear)
                .on(PaymentEvent.class, this::hear).on(ShippingEvent.class, this::hear).build();
    }

    private void hear(Event event) {
        var envelope = MessageContext.current().map(MessageContext::envelope).orElse(null);
        heardSoFar().add(new RecordedEvent<>(Objects.requireNonNull(envelope, "heard from nowhere"), event));
    }

    private List<RecordedEvent<Event>> heardSoFar() {
        for (var running : TransactionSynchronizationManager.getSynchronizations()) {
            if (running instanceof TakeIn takeIn) {
                return takeIn.heard();
            }
        }
        var takeIn = new TakeIn(projections, new ArrayList<>());
        TransactionSynchronizationManager.registerSynchronization(takeIn);
        return takeIn.heard();
    }

    private record TakeIn(Projections projections, List<RecordedEvent<Event>> heard)
            implements
                TransactionSynchronization {
        @Override
        public void beforeCommit(boolean readOnly) {
            projections.takeIn(heard);
        }
    }
}
