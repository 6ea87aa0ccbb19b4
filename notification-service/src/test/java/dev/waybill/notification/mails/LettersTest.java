package dev.waybill.notification.mails;

import dev.waybill.events.Event;
import dev.waybill.events.Money;
import dev.waybill.events.OrderEvent.OrderCancelled;
import dev.waybill.events.OrderEvent.OrderConfirmed;
import dev.waybill.events.OrderEvent.OrderDelivered;
import dev.waybill.events.OrderEvent.OrderRejected;
import dev.waybill.events.OrderEvent.OrderShipped;
import dev.waybill.events.OrderEvent.RejectionReason;
import dev.waybill.events.OrderId;
import dev.waybill.events.PaymentEvent.PaymentRefunded;
import dev.waybill.events.RefundId;
import dev.waybill.messaging.Ids;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

import static org.assertj.core.api.Assertions.assertThat;

/** What the mails say. */
class LettersTest {

    private static final Money TOTAL = Money.of(25_998, "EUR");
    private static final OrderId ORDER = new OrderId(Ids.next());

    static final List<Event> ONE_OF_EACH = List.of(
            new OrderConfirmed(ORDER),
            new OrderRejected(ORDER, RejectionReason.PAYMENT_DECLINED),
            new OrderShipped(ORDER, "T-4711"),
            new OrderDelivered(ORDER),
            new OrderCancelled(ORDER),
            Facts.refunded(ORDER, Money.of(12_999, "EUR")));

    @ParameterizedTest
    @FieldSource("ONE_OF_EACH")
    void everyMailNamesTheOrderAndItsTotalInBothForms(Event event) {
        Letter letter = write(event, "W-100042", TOTAL, Locale.ENGLISH);
        assertThat(letter.subject()).contains("W-100042");
        assertThat(letter.text()).contains("Order W-100042, total €259.98.").doesNotContain("<", "[(", "th:", "null",
                "{");
        assertThat(letter.html()).startsWith("<!DOCTYPE html>").contains("<title>" + letter.subject() + "</title>",
                "Order <span>W-100042</span>, total <span>€259.98</span>.")
                .doesNotContain(" th:", "xmlns:th", "null", "W-1<");
    }

    @Test
    void everyTemplateIsAmongThem() {
        assertThat(ONE_OF_EACH.stream().map(Template::of)).containsExactly(Template.values());
    }

    @Test
    void theMessageIdIsMadeOfTheEventsId() {
        Fact fact = Facts.heard(new OrderConfirmed(ORDER), Instant.EPOCH);
        Letter letter = letters(Locale.ENGLISH).write(new Notification(fact, Instant.EPOCH), "W-1", TOTAL,
                "a@b.example");
        assertThat(letter.messageId()).isEqualTo("<%s@notifications.waybill.example>".formatted(fact.id()));
        assertThat(letter.toString()).doesNotContain("a@b.example");
    }

    @Test
    void aConfirmationSaysWhatWasCharged() {
        Letter letter = write(new OrderConfirmed(ORDER), "W-1", TOTAL, Locale.ENGLISH);
        assertThat(letter.text()).contains("You were charged €259.98.");
        assertThat(letter.html()).contains("You were charged <strong>€259.98</strong>.");
    }

    @ParameterizedTest
    @CsvSource({"OUT_OF_STOCK, not all of what you ordered is in stock", "PAYMENT_DECLINED, your payment was declined",
            "SHIPMENT_REFUSED, our carrier does not deliver to your address",
            "TIMED_OUT, your order could not be fulfilled", "UNKNOWN, your order could not be fulfilled"})
    void aRejectionSaysWhy(RejectionReason reason, String why) {
        Letter letter = write(new OrderRejected(ORDER, reason), "W-1", TOTAL, Locale.ENGLISH);
        assertThat(letter.text()).startsWith("We are sorry: " + why + ".\n\nYou were not charged.\n");
        assertThat(letter.html()).contains("<p>We are sorry: " + why + ".</p>").containsOnlyOnce("We are sorry");
    }

    @Test
    void aRefundSaysHowMuchAndHowMuchInAllWhereThatIsMore() {
        Letter first = write(Facts.refunded(ORDER, Money.of(100, "EUR")), "W-1", TOTAL, Locale.ENGLISH);
        assertThat(first.text()).contains("given you back €1.00.").doesNotContain("in all");
        assertThat(first.html()).contains("given you back <strong>€1.00</strong>.").doesNotContain("in all");
        var second = new PaymentRefunded(ORDER, new RefundId(Ids.next()), Money.of(100, "EUR"), Money.of(300, "EUR"));
        assertThat(write(second, "W-1", TOTAL, Locale.ENGLISH).text()).contains("With it you got back €3.00 in all.");
        assertThat(write(second, "W-1", TOTAL, Locale.ENGLISH).html()).contains("got back <span>€3.00</span> in all");
    }

    @Test
    void whatOthersHaveSaidIsEscapedInHtmlAndLeftAloneInText() {
        Letter letter = write(new OrderShipped(ORDER, "<b>1&2</b>"), "W<1>", TOTAL, Locale.ENGLISH);
        assertThat(letter.html()).contains("<strong>&lt;b&gt;1&amp;2&lt;/b&gt;</strong>", "W&lt;1&gt;")
                .doesNotContain("<b>", "W<1>");
        assertThat(letter.text()).contains("number is <b>1&2</b>.", "Order W<1>,");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"25998|EUR|en|€259.98", "43400|JPY|en|¥43,400", "27250|KWD|en|KWD 27.250",
            "25998|EUR|de-DE|259,98 €", "1234567|KWD|de-DE|1.234,567 KWD", "0|EUR|en|€0.00"})
    void moneyHasTheDigitsOfItsCurrencyAndTheFormOfTheLocale(long minor, String currency, Locale locale,
            String written) {
        Letter letter = write(new OrderConfirmed(ORDER), "W-1", Money.of(minor, currency), locale);
        assertThat(letter.text().replace('\u00a0', ' ')).contains("You were charged " + written + ".");
    }

    @ParameterizedTest
    @EnumSource
    void onlyWhatEndsAnOrderEndsItsCorrespondence(Template template) {
        assertThat(template.endsTheOrder()).isEqualTo(List
                .of(Template.ORDER_REJECTED, Template.ORDER_DELIVERED, Template.ORDER_CANCELLED).contains(template));
    }

    private static Letter write(Event event, String number, Money total, Locale locale) {
        var notification = new Notification(Facts.heard(event, Instant.EPOCH), Instant.EPOCH);
        return letters(locale).write(notification, number, total, "alice@example.com");
    }

    private static Letters letters(Locale locale) {
        return new Letters(settings(locale));
    }

    static NotificationSettings settings(Locale locale) {
        return new NotificationSettings("Waybill <orders@waybill.example>", "notifications.waybill.example", locale,
                Duration.ofHours(1), Duration.ofHours(24), Duration.ofDays(30), Duration.ofHours(1));
    }
}
