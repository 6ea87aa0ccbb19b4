package dev.waybill.saga.running;

import dev.waybill.events.InventoryEvent;
import dev.waybill.events.OperationsEvent.CommandParked;
import dev.waybill.events.OrderEvent.CancellationRequested;
import dev.waybill.events.OrderEvent.OrderCancelled;
import dev.waybill.events.OrderEvent.OrderConfirmed;
import dev.waybill.events.OrderEvent.OrderPlaced;
import dev.waybill.events.OrderEvent.OrderReinstated;
import dev.waybill.events.OrderEvent.OrderRejected;
import dev.waybill.events.OrderEvent.ReturnCompleted;
import dev.waybill.events.OrderEvent.ReturnRefused;
import dev.waybill.events.OrderEvent.ReturnRequested;
import dev.waybill.events.PaymentEvent;
import dev.waybill.events.ShippingEvent.BookingAnswer;
import dev.waybill.events.ShippingEvent.CancellationAnswer;
import dev.waybill.events.ShippingEvent.ShipmentDispatched;
import dev.waybill.messaging.Subscription;
import dev.waybill.saga.cancellation.Cancellation;
import dev.waybill.saga.cancellation.CancellationSaga;
import dev.waybill.saga.engine.Saga;
import dev.waybill.saga.fulfillment.Fulfillment;
import dev.waybill.saga.fulfillment.FulfillmentSaga;
import dev.waybill.saga.returns.Return;
import dev.waybill.saga.returns.ReturnSaga;
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
    Subscription sagaMessages(RunningSagas sagas, CancellingOrders cancelling) {
        return Subscription.named("sagas")
                .prefetching(sagas::prefetch)
                .on(OrderPlaced.class, sagas::startFulfillment)
                .on(CancellationRequested.class, cancelling::requested)
                .on(ReturnRequested.class, sagas::startReturn)
                .on(OrderConfirmed.class, sagas::answer)
                .on(OrderRejected.class, sagas::answer)
                .on(OrderCancelled.class, sagas::answer)
                .on(OrderReinstated.class, sagas::answer)
                .on(ReturnCompleted.class, sagas::answer)
                .on(ReturnRefused.class, sagas::answer)
                .on(InventoryEvent.class, sagas::answer)
                .on(PaymentEvent.class, sagas::answer)
                .on(BookingAnswer.class, sagas::answer)
                .on(CancellationAnswer.class, sagas::answer)
                .on(ShipmentDispatched.class, sagas::answer)
                .on(CommandParked.class, sagas::parked)
                .build();
    }

    @Bean
    Saga<Fulfillment> fulfillment(SagaSettings settings) {
        return settings.applyTo(FulfillmentSaga.DEFINITION);
    }

    @Bean
    Saga<Cancellation> cancellation(SagaSettings settings) {
        return settings.applyTo(CancellationSaga.DEFINITION);
    }

    @Bean
    Saga<Return> returning(SagaSettings settings) {
        return settings.applyTo(ReturnSaga.DEFINITION);
    }

    /** Old versions stay in this list until no instance runs under them. */
    @Bean
    Definitions definitions(
            Saga<Fulfillment> fulfillment,
            Saga<Cancellation> cancellation,
            Saga<Return> returning,
            SagaSettings settings) {
        return new Definitions(
                List.of(fulfillment, settings.applyTo(FulfillmentSaga.VERSION_1), cancellation, returning));
    }

    @Bean
    SchedulingConfigurer sagaSchedule(DeadlineSweep sweep, SagaCounts counts, SagaSettings settings) {
        return tasks -> {
            tasks.addFixedDelayTask(sweep::run, settings.sweepEvery());
            tasks.addFixedDelayTask(counts::refresh, settings.countEvery());
        };
    }
}
