package dev.waybill.saga.running;

import dev.waybill.events.InventoryEvent;
import dev.waybill.events.OperationsEvent.CommandParked;
import dev.waybill.events.OrderEvent.OrderConfirmed;
import dev.waybill.events.OrderEvent.OrderPlaced;
import dev.waybill.events.OrderEvent.OrderRejected;
import dev.waybill.events.PaymentEvent;
import dev.waybill.events.ShippingEvent;
import dev.waybill.messaging.Subscription;
import dev.waybill.saga.engine.Patience;
import dev.waybill.saga.engine.Saga;
import dev.waybill.saga.fulfillment.Fulfillment;
import dev.waybill.saga.fulfillment.FulfillmentSaga;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.SchedulingConfigurer;

import java.util.List;

/** Which messages move the sagas, how patient they are, and what runs beside them. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
@EnableConfigurationProperties(SagaSettings.class)
class SagaConfiguration {

    @Bean
    Subscription sagaMessages(RunningSagas sagas) {
        return Subscription.named("sagas")
                .prefetching(sagas::prefetch)
                .on(OrderPlaced.class, sagas::start)
                .on(OrderConfirmed.class, sagas::answer)
                .on(OrderRejected.class, sagas::answer)
                .on(InventoryEvent.class, sagas::answer)
                .on(PaymentEvent.class, sagas::answer)
                .on(ShippingEvent.class, sagas::answer)
                .on(CommandParked.class, sagas::parked)
                .build();
    }

    @Bean
    Saga<Fulfillment> fulfillment(SagaSettings settings) {
        return FulfillmentSaga.DEFINITION
                .waiting(settings.tentative().or(Patience.TENTATIVE), settings.persistent().or(Patience.PERSISTENT));
    }

    /** Old versions stay in this list until no instance runs under them. */
    @Bean
    Definitions definitions(Saga<Fulfillment> fulfillment) {
        return new Definitions(List.of(fulfillment));
    }

    @Bean
    SchedulingConfigurer sagaSchedule(DeadlineSweep sweep, SagaCounts counts, SagaSettings settings) {
        return tasks -> {
            tasks.addFixedDelayTask(sweep::run, settings.sweepEvery());
            tasks.addFixedDelayTask(counts::refresh, settings.countEvery());
        };
    }
}
