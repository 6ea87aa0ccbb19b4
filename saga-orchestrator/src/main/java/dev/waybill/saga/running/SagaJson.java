package dev.waybill.saga.running;

import dev.waybill.saga.engine.Call;
import dev.waybill.saga.engine.Instance;
import dev.waybill.saga.engine.Saga;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

import java.util.List;

/**
 * The stored form of what an instance remembers and of its calls. It has a mapper of its own: what is stored must be
 * readable for as long as a saga runs, however the service's other JSON is configured meanwhile.
 */
public final class SagaJson {

    private static final TypeReference<List<Call>> CALLS = new TypeReference<>() {};
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    private SagaJson() {}

    public static String data(Instance<?> instance) {
        return MAPPER.writeValueAsString(instance.data());
    }

    public static String calls(Instance<?> instance) {
        return MAPPER.writeValueAsString(instance.calls());
    }

    public static <S> S readData(Saga<S> saga, String json) {
        return MAPPER.readValue(json, saga.dataType());
    }

    public static List<Call> readCalls(String json) {
        return MAPPER.readValue(json, CALLS);
    }
}
