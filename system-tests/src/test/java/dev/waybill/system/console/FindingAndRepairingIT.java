package dev.waybill.system.console;

import com.microsoft.playwright.options.AriaRole;
import dev.waybill.system.driver.PlacedOrder;
import dev.waybill.system.driver.PlatformTest;
import dev.waybill.system.driver.StuckSagas;
import dev.waybill.system.driver.Waybill;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/** Somebody who has never been here before, and knows only that an order is stuck. */
@PlatformTest
@Tag("long")
@Order(3)
class FindingAndRepairingIT {

    private static final Pattern WHAT_HURTS = Pattern.compile("\\bstuck at\\b");

    private final Waybill waybill;
    private final Chromium chromium;

    FindingAndRepairingIT(Waybill waybill) throws IOException, InterruptedException {
        this.waybill = waybill;
        this.chromium = Chromium.start();
    }

    @AfterAll
    void everyInvariantHolds() {
        chromium.close();
        waybill.auditIsGreen();
    }

    @Test
    void aStuckOrderIsFoundAndRepairedFromTheFrontPageInUnderEightClicksAndAMinute() {
        var sagas = new StuckSagas(waybill);
        PlacedOrder order = sagas.one();
        Pattern itsSaga = Pattern.compile(sagas.of(order).path("id").asString());
        try (Person person = chromium.person(waybill.addresses().console(), null)) {
            Instant began = Instant.now();

            person.opens("/").clicks(AriaRole.LINK, WHAT_HURTS).clicks(AriaRole.LINK, itsSaga)
                    .clicks(AriaRole.LINK, "Ask again")
                    .types("Your name", "ada").clicks(AriaRole.BUTTON, "Go on")
                    .types("Why", "the carrier gives the parcel back after all").clicks(AriaRole.BUTTON, "Ask again");
            person.waitsFor("undone: nothing of it is left");

            assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofMinutes(1));
            assertThat(person.clicks()).isLessThan(8);
            assertThat(person.troubles()).isEmpty();
        }
        order.becomes("CANCELLED");
        assertThat(waybill.gatewayBooks(order)).containsExactly("AUTHORIZE", "VOID");
        assertThat(waybill.carrierBooks(order)).containsExactly("CANCELLED");
    }
}
