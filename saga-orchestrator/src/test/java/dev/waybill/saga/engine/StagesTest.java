package dev.waybill.saga.engine;

import dev.waybill.events.InventoryCommand.CommitStock;
import dev.waybill.events.OrderCommand.ConfirmOrder;
import dev.waybill.events.OrderId;
import dev.waybill.events.PaymentCommand.CapturePayment;
import dev.waybill.events.PaymentEvent.CaptureAnswer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

class StagesTest {

    @Test
    void eachStepHasANameOfItsOwn() {
        var unfinished = Saga.named("twice", 1, OrderId.class)
                .<CaptureAnswer>pivot("capture", CapturePayment::new, (order, _) -> StepResult.done(order))
                .retriable("capture", CommitStock::new)
                .whenInDoubt(order -> order);
        assertThatThrownBy(() -> unfinished.whenRefused("reject", ConfirmOrder::new))
                .hasMessage("twice has two steps named 'capture'");
    }

    @Test
    void aStepDoesSomething() {
        var unfinished = Saga.named("idle", 1, OrderId.class)
                .<CaptureAnswer>pivot("capture", CapturePayment::new, (order, _) -> StepResult.done(order));
        assertThatThrownBy(() -> unfinished.retriable("complete")).hasMessage("The step 'complete' does nothing");
    }
}
