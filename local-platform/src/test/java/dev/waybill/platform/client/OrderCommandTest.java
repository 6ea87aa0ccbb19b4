package dev.waybill.platform.client;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.Optional;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class OrderCommandTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void orderIsFollowedToItsEnd() throws InterruptedException {
        try (var services = new FakeServices()) {
            assertThat(order(services.url(), "happy")).isZero();
        }
        assertThat(said()).containsSubsequence("order W-1 id-1", "status PENDING", "status CONFIRMED");
        assertThat(said()).containsOnlyOnce("The stock is reserved");
    }

    @Test
    void rejectionIsAnEndAndItsReasonIsShown() throws InterruptedException {
        try (var services = new FakeServices().endingWith("REJECTED", "PAYMENT_DECLINED").charging()) {
            assertThat(order(services.url(), "declined")).isZero();
            assertThat(services.bodies()).singleElement().asString().contains("pm_card_declined");
        }
        assertThat(said()).contains("status REJECTED (PAYMENT_DECLINED)");
    }

    @Test
    void orderThatIsNotTakenFailsInTheServicesWords() throws InterruptedException {
        try (var services = new FakeServices().answeringOrdersWith(400)) {
            assertThat(order(services.url(), "happy")).isEqualTo(1);
        }
        assertThat(said()).contains("Not taken: 400 Refused: quantity must be positive");
    }

    @Test
    void nobodyThereIsSaid() throws InterruptedException {
        String gone;
        try (var services = new FakeServices()) {
            gone = services.url();
        }
        assertThat(order(gone, "happy")).isEqualTo(1);
        assertThat(said()).contains("no answer").contains("./demo status");
    }

    @Test
    void everyPreparedScenarioCanBeFoundByItsName() {
        assertThat(Scenario.names()).contains("happy", "declined", "out-of-stock", "refused-address", "unknown-outcome",
                "insufficient-funds", "slow", "cancel", "cancel-at-once", "carrier-refusal", "refund", "return")
                .allSatisfy(name -> assertThat(Scenario.named(name)).isPresent());
        assertThat(Scenario.named("nope")).isEmpty();
    }

    @Test
    void aSampleOrderMayBeChangedInAnyOfItsParts() {
        SampleOrder order = Scenario.named("happy").orElseThrow().order().with(Optional.of("KETTLE-03"),
                Optional.of("7"), Optional.empty(), Optional.of("FR"), Optional.of("bob"));

        assertThat(order).isEqualTo(new SampleOrder("bob", "KETTLE-03", "7", "pm_card_visa", "FR"));
    }

    @Test
    void aCancellationIsAskedForOnceTheParcelIsReadyToLeave() throws InterruptedException {
        try (var services = new FakeServices().endingWith("CANCELLED", "Ordered twice by mistake")
                .charging("AUTHORIZE", "CAPTURE", "REFUND")) {
            assertThat(order(services.url(), "cancel")).isZero();
            assertThat(services.asked()).singleElement().asString().startsWith("POST /orders/id-1/cancellation")
                    .contains("Ordered twice by mistake");
        }
        assertThat(said()).contains("alice cancels", "status CANCELLED (Ordered twice by mistake)");
    }

    @Test
    void aReturnFollowsTheDelivery() throws InterruptedException {
        try (var services = new FakeServices().endingWith("DELIVERED", "")
                .charging("AUTHORIZE", "CAPTURE", "REFUND")) {
            assertThat(order(services.url(), "return")).isZero();
            assertThat(services.asked()).satisfiesExactly(
                    first -> assertThat(first).contains("/carrier/shipments/SP1/scans", "HANDED_OVER"),
                    second -> assertThat(second).contains("/carrier/shipments/SP1/scans", "DELIVERED"),
                    third -> assertThat(third).contains("POST /orders/id-1/returns", "\"quantity\":1"));
        }
    }

    @Test
    void aRefundIsTheOperatorsAndOfAPart() throws InterruptedException {
        try (var services = new FakeServices().charging("AUTHORIZE", "CAPTURE", "REFUND")) {
            assertThat(order(services.url(), "refund")).isZero();
            assertThat(services.asked()).singleElement().asString().contains("POST /payments/id-1/refunds", "2000");
        }
    }

    @Test
    void whoMisbehavedForAScenarioBehavesAgainAfterIt() throws InterruptedException {
        try (var services = new FakeServices()) {
            assertThat(order(services.url(), "carrier-refusal")).isZero();
            assertThat(services.asked()).hasSize(3).first().asString().isEqualTo("PUT /faults/carrier");
            assertThat(services.asked()).last().asString().isEqualTo("DELETE /faults/carrier");
        }
    }

    @Test
    void aPromiseAboutTheMoneyIsHeldAgainstTheGatewaysBooks() throws InterruptedException {
        try (var services = new FakeServices().endingWith("CANCELLED", "Ordered twice by mistake")
                .charging("AUTHORIZE", "VOID")) {
            assertThat(order(services.url(), "cancel-at-once")).isZero();
        }
        assertThat(said()).contains("the gateway's own books: AUTHORIZE, VOID").doesNotContain("promised");
    }

    @Test
    void aPromiseThatIsNotKeptIsSaidAndFails() throws InterruptedException {
        try (var services = new FakeServices().endingWith("CANCELLED", "Ordered twice by mistake")
                .charging("AUTHORIZE", "CAPTURE", "REFUND")) {
            assertThat(order(services.url(), "cancel-at-once")).isEqualTo(1);
        }
        assertThat(said()).contains("That is not what was promised: nothing is charged");
    }

    @Test
    void whereNobodyKnowsWhatTheGatewayDidThatIsSaid() throws InterruptedException {
        try (var services = new FakeServices().withPayment("UNKNOWN")) {
            assertThat(order(services.url(), "unknown-outcome")).isZero();
        }
        assertThat(said()).containsSubsequence("nobody knows what it did", "status CONFIRMED",
                "the gateway's own books: AUTHORIZE, CAPTURE");
    }

    @Test
    void ofAnotherOrderNothingIsPromised() throws InterruptedException {
        Scenario happy = Scenario.named("happy").orElseThrow();
        SampleOrder declined = happy.order().with(Optional.empty(), Optional.empty(), Optional.of("pm_card_declined"),
                Optional.empty(), Optional.empty());
        try (var services = new FakeServices().endingWith("REJECTED", "PAYMENT_DECLINED").charging()) {
            assertThat(command(services.url()).run(happy.with(declined))).isZero();
        }
    }

    private int order(String url, String scenario) throws InterruptedException {
        return command(url).run(Scenario.named(scenario).orElseThrow());
    }

    private OrderCommand command(String url) {
        return new OrderCommand(new OrderCommand.Where(url, url, url, url, url), new PrintStream(out, true, UTF_8));
    }

    private String said() {
        return out.toString(UTF_8);
    }
}
