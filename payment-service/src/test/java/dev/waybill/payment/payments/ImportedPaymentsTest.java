package dev.waybill.payment.payments;

import dev.waybill.events.Money;
import dev.waybill.events.OrderId;
import dev.waybill.events.PaymentEvent.CaptureRefusal;
import dev.waybill.events.PaymentEvent.DeclineReason;
import dev.waybill.events.PaymentMethod;
import dev.waybill.messaging.Ids;
import dev.waybill.testing.TestServers;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** Payments that were there before there were streams: each goes on from where it was. */
class ImportedPaymentsTest {

    private static final Money TOTAL = Money.of(12_999, "EUR");
    private static final PaymentMethod VISA = new PaymentMethod("pm_card_visa");

    private final DriverManagerDataSource dataSource = new DriverManagerDataSource(
            TestServers.freshDatabase("imported_payments").url());
    private final JdbcTemplate jdbc = new JdbcTemplate(dataSource);
    private final PaymentTables tables = new PaymentTables(jdbc, new PaymentSettings(20), Clock.systemUTC());

    /** A row as the first version of this service stored it. */
    private record Row(
            String status, boolean inDoubt, boolean voidRequested, boolean amounts, long authorized, long captured,
            @Nullable String reference, @Nullable String declineReason, @Nullable String captureRefusal) {}

    @Test
    void aRowOfEveryStatusIsAStreamThatComesToTheSame() {
        migrateTo("1");
        Map<OrderId, Row> rows = new LinkedHashMap<>();
        rows.put(row(), new Row("NEW", false, false, false, 0, 0, null, null, null));
        rows.put(row(), new Row("AUTHORIZING", true, true, true, 0, 0, null, null, null));
        rows.put(row(), new Row("AUTHORIZED", false, false, true, 12_999, 0, "auth-1", null, null));
        rows.put(row(), new Row("DECLINED", false, true, true, 0, 0, null, "CARD_DECLINED", null));
        rows.put(row(), new Row("VOIDING", false, false, true, 12_999, 0, "auth-2", null, null));
        rows.put(row(), new Row("VOIDED", false, false, false, 0, 0, null, null, null));
        rows.put(row(), new Row("VOIDED", false, false, true, 0, 0, "auth-3", null, null));
        rows.put(row(), new Row("CAPTURING", true, false, true, 12_999, 0, "auth-4", null, null));
        rows.put(row(), new Row("CAPTURED", false, false, true, 12_999, 12_999, "auth-5", null, null));
        rows.put(row(), new Row("LAPSED", false, false, true, 0, 0, "auth-6", null, "AUTHORIZATION_EXPIRED"));
        rows.forEach(this::insert);

        migrateTo("2");

        assertThat(rows.values()).extracting(Row::status).contains("NEW", "AUTHORIZING", "AUTHORIZED", "DECLINED",
                "VOIDING", "VOIDED", "CAPTURING", "CAPTURED", "LAPSED");
        Payments payments = new StoredPayments(tables);
        rows.forEach((order, row) -> {
            Payment payment = payments.find(order).orElseThrow();
            assertThat(payment.state()).as(row.toString()).isEqualTo(stateOf(row));
            assertThat(payment.events().sequence()).isEqualTo(3);
            assertThat(payment.events().logicalTime()).isEqualTo(17);
            assertThat(payment.version()).isEqualTo(row.status().equals("NEW") ? 0 : 1);
            assertThat(tables.stream(order, 0, 10)).hasSize((int) payment.version())
                    .allSatisfy(entry -> assertThat(entry.stored().schemaVersion()).isEqualTo(1));
            if (row.amounts()) {
                assertThat(payment.state().authorized().amountMinor()).as(row.toString()).isEqualTo(row.authorized());
                assertThat(payment.state().captured().amountMinor()).as(row.toString()).isEqualTo(row.captured());
            }
        });
    }

    @Test
    void whatWasCapturedThenCanBeGivenBackNow() {
        migrateTo("1");
        OrderId order = row();
        insert(order, new Row("CAPTURED", false, false, true, 12_999, 12_999, "auth-5", null, null));
        migrateTo("2");
        Payment payment = tables.load(List.of(order)).getFirst().payment();
        assertThat(payment.state().refundable()).isEqualTo(TOTAL);
    }

    private static PaymentState stateOf(Row row) {
        return new PaymentState(
                PaymentStatus.valueOf(row.status()),
                row.inDoubt(),
                row.voidRequested(),
                row.amounts() ? TOTAL : null,
                row.amounts() ? VISA : null,
                row.reference(),
                null,
                row.declineReason() == null ? null : DeclineReason.valueOf(row.declineReason()),
                row.captureRefusal() == null ? null : CaptureRefusal.valueOf(row.captureRefusal()),
                List.of());
    }

    private void insert(OrderId order, Row row) {
        jdbc.update(
                """
                        insert into payment (order_id, version, status, in_doubt, void_requested, payment_method, currency, total_minor,
                                             authorized_minor, captured_minor, gateway_reference, decline_reason, capture_refusal,
                                             event_sequence, logical_time)
                        values (?, 5, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 3, 17)
                        """,
                order.value(), row.status(), row.inDoubt(), row.voidRequested(),
                row.amounts() ? VISA.value() : null, row.amounts() ? "EUR" : null,
                row.amounts() ? TOTAL.amountMinor() : 0, row.authorized(), row.captured(), row.reference(),
                row.declineReason(), row.captureRefusal());
    }

    private static OrderId row() {
        return new OrderId(Ids.next());
    }

    private void migrateTo(String version) {
        Flyway.configure().dataSource(dataSource).locations("classpath:db/migration").target(version).load().migrate();
    }
}
