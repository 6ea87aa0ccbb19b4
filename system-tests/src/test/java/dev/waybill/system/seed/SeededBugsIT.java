package dev.waybill.system.seed;

import dev.waybill.system.auditor.Verdict;
import dev.waybill.system.auditor.evidence.Dossier;
import dev.waybill.system.auditor.evidence.Fact.Heard;
import dev.waybill.system.auditor.reading.Addresses.Service;
import dev.waybill.system.auditor.reading.Transcript;
import dev.waybill.system.auditor.rules.Finding;
import dev.waybill.system.driver.PlacedOrder;
import dev.waybill.system.driver.PlatformTest;
import dev.waybill.system.driver.Waybill;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

import java.time.Duration;
import java.util.List;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The auditor turns red where it has to, and only there: bugs are planted into the running services, one after the other, and each
 * platform is treated as the sound one was before. It spoils the books for good, so it is the last of all.
 */
@PlatformTest
@Tag("long")
@Order(6)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SeededBugsIT {

    private final Waybill waybill;
    private @Nullable Seeds seeds;

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
        with(Seeds.Bug.INBOX_OFF, Service.INVENTORY, () -> {
            PlacedOrder order = confirmedOrderWhoseCommandsComeAgain();

            Verdict verdict = waybill.audit();

            assertThat(verdict.about(order.id())).as(verdict::report).extracting(Finding::rule)
                    .containsOnly("I4 every command is answered by exactly one event");
            assertThat(verdict.about(order.id())).extracting(Finding::what)
                    .anyMatch(what -> what.contains("dev.waybill.inventory.reserve-stock.v1"))
                    .allMatch(what -> what.contains("dev.waybill.inventory.") && what.contains("answered by 2 events"));
        });
    }

    @Test
    @Order(3)
    void whereACompensationIsSkippedTheMoneyStaysHeld() throws Exception {
        with(Seeds.Bug.VOID_SKIPPED, Service.SAGA, () -> {
            PlacedOrder order = orderThatTheCarrierRefuses();

            Verdict verdict = waybill.audit();

            assertThat(verdict.about(order.id())).as(verdict::report).extracting(Finding::rule).contains(
                    "I2 nothing stays held for an order that was undone", "I3 the payment agrees with the order",
                    "I6 what was done or is in doubt is undone, the last first",
                    "I6 the journal tells of what was done and undone, in reverse");
            assertThat(verdict.report()).contains("was never voided",
                    "so [void, release-stock] had to be commanded, and [release-stock] was");
        });
    }

    /** Commands that nobody has asked for, but the only way to have an aggregate say two things at once. */
    @Test
    @Order(4)
    void whatAnUnorderedRelayPublishesIsInverted() throws Exception {
        String soundly = ForgedCommands.undoneBeforeItIsDone(waybill.addresses());
        with(Seeds.Bug.UNORDERED, Service.INVENTORY, () -> {
            String unordered = ForgedCommands.undoneBeforeItIsDone(waybill.addresses());

            turnsRed(unordered, "I5 no gap and no inversion on the topic",
                    "reservation/%s: an inversion".formatted(unordered));
        });
        assertThat(waybill.auditWhileItRuns().about(soundly)).extracting(Finding::rule).isNotEmpty()
                .noneMatch(rule -> rule.startsWith("I5"));
    }

    @Test
    @Order(5)
    void whatIsCheckedInOneTransactionAndTakenInAnotherIsOversold() throws Exception {
        StockWithoutConstraints.in(waybill.addresses());
        with(Seeds.Bug.CHECKED_EARLIER, Service.INVENTORY, () -> {
            PlacedOrder first = waybill.order("LIMITED-05", 1).by("quick").place();
            assertThat(first.end()).hasToString("CONFIRMED");

            PlacedOrder second = waybill.order("LIMITED-05", 1).by("late").place();

            turnsRed(second.id(), "I1 no count is ever below zero", "LIMITED-05 was oversold");
            assertThat(waybill.auditWhileItRuns().about(first.id())).isEmpty();
        });
    }

    @Test
    @Order(6)
    void whatIsMarkedBeforeItIsSentIsLost() throws Exception {
        with(Seeds.Bug.MARKED_FIRST, Service.ORDER, () -> {
            PlacedOrder order = waybill.order("FILTER-04", 1).by("unlucky").place();

            turnsRed(order.id(), "I4 every outbox row is on its topic",
                    "(dev.waybill.order.placed.v1) is not on order.events");
        });
    }

    private interface Scenario {
        void play() throws Exception;
    }

    private void with(Seeds.Bug bug, Service service, Scenario scenario) throws Exception {
        long pid = waybill.platform().status().stream().filter(line -> line.name().equals(service.process()))
                .findFirst().orElseThrow().pid();
        if (seeds == null) {
            seeds = Seeds.compiledAgainst(waybill.platform().dataDir().resolve("applications"));
        }
        seeds.plant(bug, pid);
        try {
            scenario.play();
        } finally {
            seeds.takeOut(bug, pid);
        }
    }

    /** Soon, and while the platform runs: some of these orders never come to rest. */
    private void turnsRed(String orderId, String rule, String what) {
        await("the auditor says: " + rule).atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            Verdict verdict = waybill.auditWhileItRuns();
            assertThat(verdict.about(orderId)).as(verdict::report)
                    .anyMatch(finding -> finding.rule().equals(rule) && finding.what().contains(what));
        });
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
