package dev.waybill.saga.running;

import dev.waybill.events.CancellationId;
import dev.waybill.events.Event;
import dev.waybill.events.MessageId;
import dev.waybill.events.OrderEvent.RejectionReason;
import dev.waybill.events.SagaId;
import dev.waybill.messaging.Ids;
import dev.waybill.messaging.MessageContext;
import dev.waybill.saga.SagaOrchestratorApplication;
import dev.waybill.saga.SagaTest;
import dev.waybill.saga.engine.SampleOrder;
import dev.waybill.saga.engine.Status;
import dev.waybill.saga.fulfillment.FulfillmentSaga;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A saga goes on under the version it was started under, beside newer ones; without that version nothing is started. */
@SagaTest
class VersionsTest {

    @Autowired
    private RunningSagas sagas;
    @Autowired
    private CancellingOrders cancelling;
    @Autowired
    private Definitions definitions;
    @Autowired
    private JdbcClient database;
    @Autowired
    private Environment environment;
    @Autowired
    private TransactionOperations transactions;

    private final SampleOrder older = SampleOrder.any();
    private final SampleOrder newer = SampleOrder.any();
    private final SagaId olderSaga = new SagaId(Ids.next());
    private final MessageId reserve = Ids.nextMessageId();

    @BeforeEach
    void nothingElseRuns() {
        database.sql("delete from saga").update();
    }

    @Test
    void aSagaOfTheFirstVersionIsFinishedUnderItWhileNewOnesAreStartedUnderTheSecond() {
        insertAsTheFirstVersionWroteIt();
        sagas.startFulfillment(newer.placed());
        toOlder(older.stockRefused(), reserve);
        written(newer).answer(sagas, newer.stockRefused(), "inventory.reserve-stock");

        assertThat(written(older).saga().orElseThrow().step()).isEqualTo("reject order");
        assertThat(written(newer).saga().orElseThrow().step()).isEqualTo("end order");
        written(older).answer(sagas, older.rejected(RejectionReason.OUT_OF_STOCK), "order.reject");
        written(newer).answer(sagas, newer.rejected(RejectionReason.OUT_OF_STOCK), "order.reject");
        for (SampleOrder each : List.of(older, newer)) {
            assertThat(written(each).status()).isEqualTo(Status.COMPENSATED);
        }
        assertThat(written(older).saga().orElseThrow().definitionVersion()).isEqualTo(1);
        assertThat(written(newer).saga().orElseThrow().definitionVersion()).isEqualTo(2);
    }

    @Test
    void aSagaOfTheFirstVersionIsCancelledLikeANewOne() {
        insertAsTheFirstVersionWroteIt();
        cancelling.requested(older.cancellationRequested(new CancellationId(Ids.next())));
        written(older).answer(sagas, older.stockReleased(), "inventory.release-stock");
        written(older).answer(sagas, older.orderCancelled(), "order.cancel");
        assertThat(written(older).status()).isEqualTo(Status.COMPENSATED);
    }

    @Test
    void whatRunsUnderAVersionThatIsKnownIsNoObstacle() {
        insertAsTheFirstVersionWroteIt();
        sagas.startFulfillment(newer.placed());
        assertThatCode(new Preflight(database, definitions)::afterPropertiesSet).doesNotThrowAnyException();
    }

    @Test
    void withoutTheVersionUnderWhichSagasRunTheStartIsRefusedAndNamesThem() {
        insertAsTheFirstVersionWroteIt();
        sagas.startFulfillment(newer.placed());
        var newOnly = new Preflight(database, new Definitions(List.of(FulfillmentSaga.DEFINITION)));
        assertThatThrownBy(newOnly::afterPropertiesSet)
                .hasMessageStartingWith("Sagas that have not finished run under order-fulfillment, version 1, "
                        + "which is not known here (1 of them: %s)".formatted(olderSaga))
                .hasMessageContaining("Start a version of this service that knows them");
    }

    @Test
    void withoutAStepThatASagaHasTakenTheStartIsRefusedAndNamesIt() {
        sagas.startFulfillment(newer.placed());
        database.sql("update saga set calls = jsonb_set(calls, '{0,step}', '\"count stock\"')").update();
        assertThatThrownBy(new Preflight(database, definitions)::afterPropertiesSet)
                .hasMessageContaining(written(newer).saga().orElseThrow().id().toString())
                .hasMessageContaining("'count stock' (ACTION), which order-fulfillment, version 2, does not have here");
    }

    @Test
    void ofManySomeAreNamed() {
        Stream.generate(SampleOrder::any).limit(12).forEach(order -> sagas.startFulfillment(order.placed()));
        database.sql("update saga set definition_version = 99").update();
        assertThatThrownBy(new Preflight(database, definitions)::afterPropertiesSet)
                .hasMessageContaining("(12 of them: ").hasMessageContaining(" and others");
    }

    @Test
    void whatHasFinishedUnderAVersionThatIsGoneIsNoObstacle() {
        sagas.startFulfillment(newer.placed());
        database.sql("update saga set definition_version = 99, status = 'COMPENSATED'").update();
        assertThatCode(new Preflight(database, definitions)::afterPropertiesSet).doesNotThrowAnyException();
    }

    @Test
    void itIsLookedForByTheIndexOfWhatHasNotFinished() {
        insertAsTheFirstVersionWroteIt();
        String plan = transactions.execute(status -> {
            status.setRollbackOnly();
            // As it is: nearly all have finished.
            database.sql(
                    """
                            insert into saga (id, type, definition_version, order_id, status, step, data, calls, journal_size, version,
                                              started_at, updated_at)
                            select gen_random_uuid(), type, 1, gen_random_uuid(), 'COMPLETED', step, data, calls, 2, 0, now(), now()
                            from saga, generate_series(1, 5000) where id = :id""")
                    .param("id", olderSaga.value()).update();
            database.sql("analyze saga").update();
            return String.join("\n", database.sql("explain " + Preflight.CALLS_OF_THE_UNFINISHED).query(String.class)
                    .list());
        });
        assertThat(plan).contains("saga_unfinished");
    }

    @Test
    void theWholeServiceDoesNotStart() {
        sagas.startFulfillment(newer.placed());
        database.sql("update saga set definition_version = 99").update();
        var service = new SpringApplicationBuilder(SagaOrchestratorApplication.class);
        List<String> settings = Stream.of("spring.datasource.url", "spring.datasource.username",
                "spring.datasource.password", "spring.kafka.bootstrap-servers")
                .map(name -> "--%s=%s".formatted(name, environment.getRequiredProperty(name))).toList();
        String[] arguments = Stream.concat(settings.stream(), Stream.of("--server.port=0")).toArray(String[]::new);
        assertThatThrownBy(() -> service.run(arguments)).rootCause()
                .hasMessageContaining("order-fulfillment, version 99, which is not known here")
                .hasMessageContaining(written(newer).saga().orElseThrow().id().toString());
    }

    /** As it stands in databases: without what was added later. */
    private void insertAsTheFirstVersionWroteIt() {
        database.sql(
                """
                        insert into saga (id, type, definition_version, order_id, status, step, data, calls, deadline, journal_size,
                                          version, started_at, updated_at)
                        values (:id, 'order-fulfillment', 1, :order, 'RUNNING', 'reserve stock', :data::jsonb, :calls::jsonb,
                                now() + interval '30 s', 2, 0, now(), now())""")
                .param("id", olderSaga.value()).param("order", older.orderId().value())
                .param("data", """
                        {"orderId": "%s", "lines": [{"sku": "ESPRESSO-01", "quantity": 2}],
                         "total": {"amountMinor": 25998, "currency": "EUR"}, "paymentMethod": "pm_card_visa",
                         "shippingAddress": {"name": "Alice Doe", "line1": "1 Main St", "city": "Berlin",
                                             "postalCode": "10115", "country": "DE"}, "reason": null}"""
                        .formatted(older.orderId()))
                .param("calls", """
                        [{"id": "%s", "step": "reserve stock", "kind": "ACTION", "part": 0, "state": "IN_FLIGHT",
                          "attempts": 1, "sentAt": "2026-11-21T14:00:00Z", "deadline": "2026-11-21T14:00:30Z"}]"""
                        .formatted(reserve))
                .update();
    }

    private void toOlder(Event answer, MessageId causationId) {
        new MessageContext(Ids.nextMessageId(), causationId, olderSaga, older.orderId().toString(), 7, null)
                .run(() -> sagas.answer(answer));
    }

    private Written written(SampleOrder order) {
        return new Written(database, order);
    }
}
