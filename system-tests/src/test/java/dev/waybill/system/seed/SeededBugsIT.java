package dev.waybill.system.seed;

import dev.waybill.system.auditor.Verdict;
import dev.waybill.system.auditor.evidence.Dossier;
import dev.waybill.system.auditor.evidence.Fact.Heard;
import dev.waybill.system.auditor.reading.Addresses.Service;
import dev.waybill.system.auditor.reading.Transcript;
import dev.waybill.system.auditor.rules.Finding;
import dev.waybill.system.driver.LocalPlatform;
import dev.waybill.system.driver.LocalPlatform.ProcessLine;
import dev.waybill.system.driver.PlacedOrder;
import dev.waybill.system.driver.PlatformTest;
import dev.waybill.system.driver.Waybill;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

import java.io.IOException;
import java.util.List;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The auditor turns red where it has to, and only there: two bugs are planted into the running services, and each is treated
 * as the sound platform was before. It spoils the platform for good, so it is the last of all.
 */
@PlatformTest
@Order(6)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SeededBugsIT {

    private final Waybill waybill;

    SeededBugsIT(Waybill waybill) {
        this.waybill = waybill;
    }

    @Test
    @Order(1)
    void theSoundPlatformStaysGreen() throws Exception {
        PlacedOrder delivered = confirmedOrderWhoseCommandsComeAgain();
        PlacedOrder refused = orderThatTheCarrierRefuses();

        Verdict verdict = waybill.audit();

        assertThat(verdict.isGreen()).as(verdict::report).isTrue();
        assertThat(commandsOf(dossier(delivered, verdict))).as("copies of seven commands").hasSize(14);
        assertThat(waybill.gatewayBooks(refused)).containsExactly("AUTHORIZE", "VOID");
    }

    @Test
    @Order(2)
    void withoutItsInboxAServiceAnswersTwice() throws Exception {
        plant(Seeds.Bug.INBOX_OFF, Service.INVENTORY);

        PlacedOrder order = confirmedOrderWhoseCommandsComeAgain();

        Verdict verdict = waybill.audit();

        assertThat(verdict.about(order.id())).as(verdict::report).extracting(Finding::rule)
                .containsOnly("I4 every command is answered by exactly one event");
        assertThat(verdict.about(order.id())).extracting(Finding::what)
                .anyMatch(what -> what.contains("dev.waybill.inventory.reserve-stock.v1"))
                .allMatch(what -> what.contains("dev.waybill.inventory.") && what.contains("answered by 2 events"));
    }

    @Test
    @Order(3)
    void whereACompensationIsSkippedTheMoneyStaysHeld() throws IOException {
        plant(Seeds.Bug.VOID_SKIPPED, Service.SAGA);

        PlacedOrder order = orderThatTheCarrierRefuses();

        Verdict verdict = waybill.audit();

        assertThat(verdict.about(order.id())).as(verdict::report).extracting(Finding::rule).contains(
                "I2 nothing stays held for an order that was undone", "I3 the payment agrees with the order");
        assertThat(verdict.report()).contains("was never voided");
    }

    private void plant(Seeds.Bug bug, Service service) throws IOException {
        LocalPlatform platform = waybill.platform();
        ProcessLine process = platform.status().stream().filter(line -> line.name().equals(service.process()))
                .findFirst().orElseThrow();
        Seeds.compiledAgainst(platform.dataDir().resolve("applications")).plant(bug, process.pid());
    }

    private PlacedOrder confirmedOrderWhoseCommandsComeAgain() throws Exception {
        PlacedOrder order = waybill.order("FILTER-04", 1).by("duplicates").place();
        assertThat(order.end()).hasToString("CONFIRMED");
        Dossier dossier = dossier(order, waybill.audit());
        Duplicates.of(commandsOf(dossier), Transcript.of(dossier, waybill.addresses()), waybill.addresses());
        return order;
    }

    private PlacedOrder orderThatTheCarrierRefuses() {
        PlacedOrder order = waybill.order("FILTER-04", 1).by("far away").to("XX").place();
        assertThat(order.end()).hasToString("REJECTED SHIPMENT_REFUSED");
        return order;
    }

    private static Dossier dossier(PlacedOrder order, Verdict verdict) {
        return requireNonNull(verdict.evidence().dossier(order.id()));
    }

    private static List<Heard> commandsOf(Dossier dossier) {
        return dossier.heard().stream().filter(record -> record.letter().isCommand()).toList();
    }
}
