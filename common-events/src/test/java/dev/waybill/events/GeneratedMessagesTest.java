package dev.waybill.events;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever a producer can make, its schema accepts and a reader reads back. */
class GeneratedMessagesTest {

    private static final int SAMPLES = 100;

    static Stream<Contract> contracts() {
        return Contract.all();
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void whatTheRecordAllowsTheSchemaAccepts(Contract contract) {
        for (int seed = 0; seed < SAMPLES; seed++) {
            JsonNode payload = Json.write(new Samples(seed).of(contract.message()));

            assertThat(contract.faultsOf(payload)).as("seed %d: %s", seed, payload).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void whatWasWrittenIsReadBack(Contract contract) {
        for (int seed = 0; seed < SAMPLES; seed++) {
            Message message = new Samples(seed).of(contract.message());

            assertThat(Json.read(Json.write(message), contract.message())).as("seed %d", seed).isEqualTo(message);
        }
    }
}
