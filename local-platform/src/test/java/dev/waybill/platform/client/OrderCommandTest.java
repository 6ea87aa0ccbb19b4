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
        assertThat(said()).containsOnlyOnce("saga: reserve stock COMMANDED");
    }

    @Test
    void rejectionIsAnEndAndItsReasonIsShown() throws InterruptedException {
        try (var services = new FakeServices().endingWith("REJECTED", "PAYMENT_DECLINED")) {
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
                "insufficient-funds", "slow").allSatisfy(name -> assertThat(Scenario.named(name)).isPresent());
        assertThat(Scenario.named("nope")).isEmpty();
    }

    @Test
    void aScenarioMayBeChangedInAnyOfItsParts() {
        Scenario scenario = Scenario.named("happy").orElseThrow().with(Optional.of("KETTLE-03"), Optional.of("7"),
                Optional.empty(), Optional.of("FR"), Optional.of("bob"));

        assertThat(scenario).isEqualTo(new Scenario("bob", "KETTLE-03", "7", "pm_card_visa", "FR"));
    }

    private int order(String url, String scenario) throws InterruptedException {
        return new OrderCommand(url, url, new PrintStream(out, true, UTF_8))
                .run(Scenario.named(scenario).orElseThrow());
    }

    private String said() {
        return out.toString(UTF_8);
    }
}
