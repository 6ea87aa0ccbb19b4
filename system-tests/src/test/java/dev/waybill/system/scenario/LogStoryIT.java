package dev.waybill.system.scenario;

import dev.waybill.system.auditor.reading.Addresses.Service;
import dev.waybill.system.driver.PlacedOrder;
import dev.waybill.system.driver.PlatformTest;
import dev.waybill.system.driver.Waybill;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static dev.waybill.system.auditor.reading.Addresses.Service.INVENTORY;
import static dev.waybill.system.auditor.reading.Addresses.Service.NOTIFICATION;
import static dev.waybill.system.auditor.reading.Addresses.Service.ORDER;
import static dev.waybill.system.auditor.reading.Addresses.Service.PAYMENT;
import static dev.waybill.system.auditor.reading.Addresses.Service.SAGA;
import static dev.waybill.system.auditor.reading.Addresses.Service.SHIPPING;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What the services have logged of an order from its placing to its refund: all of the story, and nothing of the customer. */
@PlatformTest
@Order(1)
class LogStoryIT {

    private static final String NAME = "Zebulon Quagmire";
    private static final String ADDRESS = "zebulon.quagmire@example.com";
    /** Programs that print their settings have it as {@code null} or hidden. */
    private static final Pattern TOLD_PASSWORD = Pattern
            .compile("(?i)passw(or)?d['\"]?\\s*[=:]\\s*(?!null|\\[hidden])\\S");

    /** What a start says: it ends with an order that one may place. */
    private static final Set<String> PROPOSING = Set.of("start", "platform");

    private final Waybill waybill;
    private @Nullable PlacedOrder placed;
    private String number = "";

    LogStoryIT(Waybill waybill) {
        this.waybill = waybill;
    }

    @BeforeAll
    void anOrderThatIsDeliveredAndPartlyRefunded() {
        PlacedOrder order = waybill.order("FILTER-04", 1).addressedTo(NAME).mailedTo(ADDRESS).place();
        placed = order;
        number = waybill.get(ORDER, "/orders/" + order.id()).json().path("number").asString();
        assertThat(number).startsWith("W-");
        assertThat(order.end()).hasToString("CONFIRMED");
        order.isDispatched();
        waybill.outside().scan(order, "HANDED_OVER");
        order.becomes("SHIPPED");
        waybill.outside().scan(order, "DELIVERED");
        order.becomes("DELIVERED");
        assertThat(order.refund(100, "A scratch").status()).isEqualTo(202);
        await().untilAsserted(() -> assertThat(waybill.outside().mailsTo(ADDRESS)).hasSize(4));
    }

    @Test
    void lookingForAnOrdersNumberFindsItsWholeStory() {
        await().untilAsserted(() -> {
            assertThat(story(ORDER)).contains("order.placed", "order.confirmed", "order.shipped", "order.delivered");
            assertThat(story(INVENTORY)).contains("inventory.stock-reserved", "inventory.stock-committed");
            assertThat(story(PAYMENT)).contains("payment.authorized", "payment.captured", "payment.refunded");
            assertThat(story(SHIPPING)).contains("shipping.shipment-booked", "shipping.shipment-dispatched",
                    "shipping.parcel-handed-over", "shipping.parcel-delivered");
            assertThat(story(SAGA)).contains(": started at", ": completed at");
            assertThat(story(NOTIFICATION)).contains("mail.send: Sent");
        });
    }

    @Test
    void eachLineOfItNamesTheIdBesideTheNumber() {
        for (Service service : Service.values()) {
            assertThat(lines(service)).isNotEmpty().allSatisfy(line -> assertThat(line).contains(order().id()));
        }
    }

    /** A refund is asked for by its order's id, and so is the gateway then: no message brings a number. */
    @Test
    void theIdFindsNoMoreOfItThanARefundsCallToTheGateway() {
        for (Service service : Service.values()) {
            assertThat(waybill.platform().log(service)).filteredOn(line -> line.contains(order().id()))
                    .filteredOn(line -> !line.contains(number)).allSatisfy(
                            line -> assertThat(line).contains("payment.refund"));
        }
    }

    @Test
    void eachFactIsALineAtInfoAndNamesTheOrderAsAField() {
        await().untilAsserted(() -> assertThat(lines(PAYMENT)).filteredOn(line -> line.contains("payment.captured"))
                .singleElement().asString().contains(" INFO ", "[" + number + " " + order().id() + " "));
    }

    @Test
    void eachHandledMessageIsALineAtDebug() {
        await().untilAsserted(() -> assertThat(lines(INVENTORY)).filteredOn(line -> line.contains("handled "))
                .hasSizeGreaterThanOrEqualTo(2)
                .allSatisfy(line -> assertThat(line).contains(" DEBUG ", "[" + number + " " + order().id() + " ")));
    }

    /** Of this order or of any that others have placed until now; in the logs of services and servers. */
    @Test
    void noLineNamesACustomerAPaymentMethodOrASecret() {
        List<String> secrets = waybill.platform().secrets();
        assertThat(secrets).isNotEmpty();
        List<String> unwanted = Stream.concat(secrets.stream(),
                Stream.of("Zebulon", "Quagmire", "quagmire", "Alice Doe", "1 Main St", "@example.com", "pm_card_"))
                .toList();
        Map<String, List<String>> logs = waybill.platform().logs();
        assertThat(logs).containsKeys("order-service", "operations-console", "postgres", "kafka");
        logs.forEach((process, lines) -> {
            List<String> notHere = PROPOSING.contains(process) ? secrets : unwanted;
            assertThat(lines).as(process).isNotEmpty()
                    .noneMatch(line -> notHere.stream().anyMatch(line::contains));
        });
    }

    /** The database's is a word like any other, so what is looked for is whoever tells it. */
    @Test
    void noLineTellsAPassword() {
        waybill.platform().logs().forEach(
                (process, lines) -> assertThat(lines).as(process)
                        .noneMatch(line -> TOLD_PASSWORD.matcher(line).find()));
    }

    private PlacedOrder order() {
        return requireNonNull(placed);
    }

    private String story(Service service) {
        return String.join("\n", lines(service));
    }

    private List<String> lines(Service service) {
        return waybill.platform().log(service).stream().filter(line -> line.contains(number)).toList();
    }
}
