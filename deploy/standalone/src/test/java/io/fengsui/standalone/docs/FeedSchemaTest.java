package io.fengsui.standalone.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.rejection.Rejection;
import io.fengsui.standalone.Home;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The JSON Schemas judge the decoder's test vectors as the decoder does, as far as JSON Schema can. */
class FeedSchemaTest {
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

    /** The meta-schema that comes with the validator. */
    private static final JsonSchema OF_SCHEMAS =
            SCHEMAS.getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final Pattern BAD = Pattern.compile("bad-([A-Z0-9_]+).*");

    /** Refused before there is a tree of JSON. */
    private static final Set<Rejection> OF_BYTES = EnumSet.of(Rejection.NOT_UTF8, Rejection.TOO_DEEP);

    /** Arrival, topic, and two fields against each other are beyond JSON Schema. */
    private static final Set<Rejection> BEYOND = EnumSet.of(
            Rejection.CLOCK_IN_FUTURE, Rejection.CLOCK_ABSURD, Rejection.DEVICE_MISMATCH, Rejection.CONTRADICTION);

    /** Reasons that it can tell, and the case that it cannot: a day that its month does not have. */
    private static final Set<String> BEYOND_TOO = Set.of("bad-BAD_TIME-time@no-such-day.json");

    private static final Map<Feed<?>, JsonSchema> BY_FEED = Feeds.all().stream()
            .collect(Collectors.toMap(Function.identity(), feed -> SCHEMAS.getSchema(FeedSchema.of(feed))));

    record Vector(Feed<?> feed, Path file) {
        String name() {
            return file.getFileName().toString();
        }

        Rejection reason() {
            Matcher name = BAD.matcher(name());
            assertThat(name.matches()).as(name()).isTrue();
            return Rejection.valueOf(name.group(1));
        }

        @Override
        public String toString() {
            return feed + "/" + name();
        }
    }

    static Stream<Vector> good() {
        return vectors("ok-");
    }

    static Stream<Vector> bad() {
        return vectors("bad-").filter(vector -> !OF_BYTES.contains(vector.reason()) && !isBeyond(vector));
    }

    static Stream<Vector> beyond() {
        return vectors("bad-").filter(FeedSchemaTest::isBeyond);
    }

    private static boolean isBeyond(Vector vector) {
        return BEYOND.contains(vector.reason()) || BEYOND_TOO.contains(vector.name());
    }

    static Stream<Feed<?>> feeds() {
        return Feeds.all().stream();
    }

    private static Stream<Vector> vectors(String prefix) {
        Path root = Home.locate().directory().resolve("ingest-mqtt/src/test/resources/feed");
        return Feeds.all().stream().flatMap(feed -> {
            try (Stream<Path> files = Files.list(root.resolve(feed.id()))) {
                return files
                        .filter(file -> file.getFileName().toString().startsWith(prefix))
                        .filter(file -> file.toString().endsWith(".json"))
                        .sorted()
                        .map(file -> new Vector(feed, file))
                        .toList()
                        .stream();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("feeds")
    void shouldBeASchema(Feed<?> feed) {
        assertThat(OF_SCHEMAS.validate(FeedSchema.of(feed))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("good")
    void shouldTakeWhatTheDecoderTakes(Vector vector) throws IOException {
        assertThat(faults(vector)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("bad")
    void shouldRefuseWhatTheDecoderRefusesForAReasonThatASchemaCanTell(Vector vector) throws IOException {
        try {
            assertThat(faults(vector)).isNotEmpty();
        } catch (JsonProcessingException e) {
            assertThat(vector.reason()).isIn(Rejection.NOT_JSON, Rejection.NOT_FINITE);
        }
    }

    /** What docs/contracts/README.md says that a schema cannot say. */
    @ParameterizedTest
    @MethodSource("beyond")
    void shouldTakeWhatOnlyTheBridgeCanRefuse(Vector vector) throws IOException {
        assertThat(faults(vector)).isEmpty();
    }

    @Test
    void shouldTakeTheSamplesForVendors() throws IOException {
        for (Feed<?> feed : Feeds.all()) {
            JsonNode sample = JSON.readTree(VendorMessage.of(feed).samples().get(0));
            assertThat(BY_FEED.get(feed).validate(sample)).as(feed.id()).isEmpty();
        }
    }

    @Test
    void shouldJudgeTheEdgesOfEveryFieldAsTheVendorsAreTold() throws IOException {
        for (Feed<?> feed : Feeds.all()) {
            for (VendorField field : VendorMessage.of(feed).fields()) {
                for (String value : field.taken()) {
                    assertThat(BY_FEED.get(feed).validate(with(feed, field.name(), value)))
                            .as("%s %s %s", feed, field.name(), value)
                            .isEmpty();
                }
                for (String value : field.refused()) {
                    assertThat(BY_FEED.get(feed).validate(with(feed, field.name(), value)))
                            .as("%s %s %s", feed, field.name(), value)
                            .isNotEmpty();
                }
            }
        }
    }

    private static JsonNode with(Feed<?> feed, String field, String value) throws IOException {
        JsonNode sample = JSON.readTree(VendorMessage.of(feed).samples().get(0));
        return ((ObjectNode) sample).set(field, JSON.readTree(value));
    }

    private static List<String> faults(Vector vector) throws IOException {
        return BY_FEED.get(vector.feed()).validate(JSON.readTree(Files.readAllBytes(vector.file()))).stream()
                .map(ValidationMessage::getMessage)
                .toList();
    }
}
