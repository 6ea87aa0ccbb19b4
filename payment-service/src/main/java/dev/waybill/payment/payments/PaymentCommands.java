package dev.waybill.payment.payments;

import dev.waybill.events.Message;
import dev.waybill.events.PaymentCommand.AuthorizePayment;
import dev.waybill.events.PaymentCommand.CapturePayment;
import dev.waybill.events.PaymentCommand.VoidPayment;
import dev.waybill.messaging.Subscription;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Which command goes to which use case. */
@Configuration(proxyBeanMethods = false)
class PaymentCommands {

    @Bean
    Subscription paymentCommandSubscription(
            PaymentDesk desk, AuthorizingPayment authorizing, VoidingPayment voiding, CapturingPayment capturing) {
        return Subscription.named("payment-commands")
                .prefetching(batch -> desk.prefetch(batch.stream().map(Message::orderId).toList()))
                .on(AuthorizePayment.class, authorizing::authorize)
                .on(VoidPayment.class, voiding::voidAuthorization)
                .on(CapturePayment.class, capturing::capture).build();
    }
}
