package dev.waybill.events;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The description of the topics for others (AsyncAPI) says what the code does. Whether it is well-formed says AsyncAPI's own
 * parser, in {@code src/test/asyncapi/validate}.
 */
class AsyncApiTest {

    private static final JsonNode DESCRIPTION = YAMLMapper.shared()
            .readTree(Contract.ROOT.resolve("asyncapi.yaml").toFile());

    @Test
    void everyMessageIsDescribedByItsOwnSchemaAndNoOtherIs() {
        Map<String, String> described = DESCRIPTION.path("components").path("messages").propertyStream()
                .collect(Collectors.toMap(
                        message -> message.getValue().path("name").asString(),
                        message -> message.getValue().path("payload").path("$ref").asString()));
        Map<String, String> spoken = MessageTypes.all().keySet().stream().collect(Collectors.toMap(
                name -> name, name -> Envelope.schemaOf(name).replace("contracts/", "./")));

        assertThat(described).isEqualTo(spoken);
    }

    @ParameterizedTest
    @EnumSource(Topic.class)
    void everyTopicCarriesWhatTheCodePutsOnItAndIsKeptAsLong(Topic topic) {
        JsonNode channel = DESCRIPTION.path("channels").valueStream()
                .filter(candidate -> candidate.path("address").asString().equals(topic.topicName())).findFirst()
                .orElseThrow();
        Set<String> described = channel.path("messages").valueStream()
                .map(message -> message.path("$ref").asString().replace("#/components/messages/", ""))
                .map(message -> DESCRIPTION.path("components").path("messages").path(message).path("name").asString())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> published = MessageTypes.all().entrySet().stream()
                .filter(type -> Topic.of(type.getValue()) == topic)
                .map(Map.Entry::getKey).collect(Collectors.toCollection(TreeSet::new));
        JsonNode kafka = channel.path("bindings").path("kafka");

        assertThat(described).isEqualTo(published);
        assertThat(kafka.path("partitions").asInt()).isEqualTo(Topic.PARTITIONS);
        assertThat(kafka.path("topicConfiguration").path("retention.ms").asString())
                .isEqualTo(topic.configuration().get("retention.ms"));
    }

    @Test
    void everyHeaderOfTheEnvelopeIsDescribed() {
        JsonNode headers = DESCRIPTION.path("components").path("messageTraits").path("envelope").path("headers");
        Set<String> names = Arrays.stream(Envelope.Header.class.getFields()).map(field -> {
            try {
                return field.get(null).toString();
            } catch (IllegalAccessException e) {
                throw new LinkageError(e.getMessage(), e);
            }
        }).collect(Collectors.toSet());

        assertThat(headers.path("properties").propertyNames()).containsExactlyInAnyOrderElementsOf(names);
    }

    @Test
    void everyCommandSaysInItsAnswersWhatAnswersIt() {
        Set<String> commands = MessageTypes.all().values().stream().filter(Command.class::isAssignableFrom)
                .map(Class::getSimpleName).collect(Collectors.toSet());
        Set<String> answered = Contract.all().map(contract -> contract.schema().path("description").asString())
                .flatMap(text -> commands.stream().filter(command -> text.contains("Answers " + command + ".")
                        || text.contains("Answers " + command + ";")))
                .collect(Collectors.toSet());

        assertThat(answered).isEqualTo(commands);
    }
}
