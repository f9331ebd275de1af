package io.fengsui.standalone.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.topic.Topic;
import io.fengsui.schema.topic.Topics;
import io.fengsui.seeds.SeedSet;
import io.fengsui.standalone.Home;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The document against the rules of AsyncAPI 3.0 that matter here; its own JSON Schema is in no Maven artifact.
 *
 * @see <a href="https://www.asyncapi.com/docs/reference/specification/v3.0.0">AsyncAPI 3.0.0</a>
 */
class AsyncApiTest {
    private static final SeedSet SEEDS = SeedSet.load(Home.locate().seeds());
    private static final Set<String> ROOT =
            Set.of("asyncapi", "info", "defaultContentType", "servers", "channels", "operations", "components");
    private static final Set<String> CHANNEL =
            Set.of("address", "title", "description", "servers", "parameters", "messages", "bindings");
    private static final Set<String> OPERATION = Set.of("action", "channel", "messages", "bindings");
    private static final Set<String> MESSAGE =
            Set.of("title", "summary", "contentType", "headers", "payload", "bindings");
    private static final Pattern COMPONENT = Pattern.compile("[a-zA-Z0-9._-]+");
    private static final Pattern PARAMETER = Pattern.compile("\\{([^}]+)}");

    private final JsonNode document = document();

    private static JsonNode document() {
        Object tree = new Yaml(new SafeConstructor(new LoaderOptions()))
                .load(AsyncApi.page(SEEDS).content());
        return new ObjectMapper().valueToTree(tree);
    }

    @Test
    void shouldHaveThePartsOfTheSpecificationAndNoOther() {
        assertThat(names(document)).isEqualTo(ROOT);
        assertThat(document.get("asyncapi").textValue()).isEqualTo("3.0.0");
        assertThat(names(document.get("info"))).contains("title", "version");
        each("servers", (name, server) -> assertThat(names(server)).contains("host", "protocol"));
        each("channels", (name, channel) -> assertThat(CHANNEL).containsAll(names(channel)));
        each("operations", (name, operation) -> {
            assertThat(OPERATION).containsAll(names(operation));
            assertThat(operation.get("action").textValue()).isIn("send", "receive");
        });
        document.at("/components/messages").properties().forEach(message -> {
            assertThat(COMPONENT.matcher(message.getKey()).matches()).isTrue();
            assertThat(MESSAGE).containsAll(names(message.getValue()));
        });
    }

    @Test
    void shouldReferToWhatIsThere() {
        Set<String> files = ReferencePages.all(SEEDS).stream().map(Page::file).collect(Collectors.toSet());
        List<String> references = document.findValuesAsText("$ref");

        assertThat(references).isNotEmpty().allSatisfy(reference -> {
            if (reference.startsWith("#")) {
                assertThat(document.at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse();
            } else {
                assertThat(files).contains("contracts/" + reference.substring(2));
            }
        });
    }

    @Test
    void shouldExplainEveryParameterOfAnAddress() {
        each("channels", (name, channel) -> {
            List<String> named = new ArrayList<>();
            Matcher parameters = PARAMETER.matcher(channel.get("address").textValue());
            while (parameters.find()) {
                named.add(parameters.group(1));
            }
            assertThat(names(channel.path("parameters"))).as(name).containsExactlyInAnyOrderElementsOf(named);
        });
    }

    @Test
    void shouldHaveAChannelForEveryTopic() {
        Set<Pattern> addresses = new HashSet<>();
        each("channels", (name, channel) -> addresses.add(pattern(channel)));

        assertThat(Topics.all(SEEDS.units().values(), SEEDS.routes().values()))
                .extracting(Topic::name)
                .allSatisfy(topic -> assertThat(addresses)
                        .anyMatch(address -> address.matcher(topic).matches()));
        for (Feed<?> feed : Feeds.all()) {
            assertThat(addresses).anyMatch(address -> address.matcher("fengsui/v1/acme/" + feed.id() + "/d-1")
                    .matches());
        }
    }

    @Test
    void shouldHoldTheWholeOfEveryAvroSchema() {
        assertThat(AvroPages.pages()).isNotEmpty().allSatisfy(page -> assertThat(
                        new Schema.Parser().parse(page.content()).getFields())
                .isNotEmpty());
    }

    /** The parameters stand for one of their values; those of MQTT for any level. */
    private static Pattern pattern(JsonNode channel) {
        return Pattern.compile(PARAMETER
                .matcher(channel.get("address").textValue().replace(".", "\\."))
                .replaceAll(found -> {
                    JsonNode values = channel.at("/parameters/" + found.group(1) + "/enum");
                    List<String> ids = new ArrayList<>();
                    values.forEach(value -> ids.add(Pattern.quote(value.textValue())));
                    return Matcher.quoteReplacement(ids.isEmpty() ? "[^/]+" : "(?:" + String.join("|", ids) + ")");
                }));
    }

    private void each(String part, BiConsumer<String, JsonNode> check) {
        assertThat(document.get(part)).isNotEmpty();
        document.get(part).properties().forEach(entry -> check.accept(entry.getKey(), entry.getValue()));
    }

    private static Set<String> names(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).collect(Collectors.toSet());
    }
}
