package dev.waybill.payment.payments;

import dev.waybill.events.Message;
import dev.waybill.events.PaymentCommand.AuthorizePayment;
import dev.waybill.events.PaymentCommand.CapturePayment;
import dev.waybill.events.PaymentCommand.RefundPayment;
import dev.waybill.events.PaymentCommand.VoidPayment;
import dev.waybill.messaging.Subscription;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is decided about which command. */
@Configuration(proxyBeanMethods = false)
class PaymentCommands {

    @Bean
    Subscription paymentCommandSubscription(PaymentDesk desk) {
        return Subscription.named("payment-commands")
                .prefetching(batch -> desk.prefetch(batch.stream().map(Message::orderId).toList()))
                .on(AuthorizePayment.class, command -> desk.decide(command.orderId(),
                        payment -> payment.decider().authorize(command.amount(), command.paymentMethod())))
                .on(VoidPayment.class, command -> desk.decide(command.orderId(),
                        payment -> payment.decider().voidAuthorization()))
                .on(CapturePayment.class, command -> desk.decide(command.orderId(),
                        payment -> payment.decider().capture()))
                .on(RefundPayment.class, command -> desk.decide(command.orderId(),
                        payment -> payment.refunds().refund(command.refundId(), command.amount(), null, null)))
                .build();
    }
}
