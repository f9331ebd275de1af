package io.fengsui.standalone.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fengsui.event.EventHeader;
import io.fengsui.ingest.decode.Body;
import io.fengsui.ingest.decode.DecodeException;
import io.fengsui.ingest.decode.Decoders;
import io.fengsui.ingest.decode.Report;
import io.fengsui.reference.VendorFactors;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.FeedField;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.rejection.Rejection;
import io.fengsui.seeds.SeedSet;
import io.fengsui.standalone.Home;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What vendors are told of each feed is what its decoder does. */
class VendorMessageTest {
    private static final Set<String> NOT_SENT = Set.of("header", "place");

    /** Those of the sample city, for a device of any number. */
    private static final VendorFactors FACTORS = VendorFactors.newBuilder(
                    SeedSet.load(Home.locate().seeds()).factors().get("dust-two"))
            .setGatewayNumber(true)
            .build();

    private final ObjectMapper json = new ObjectMapper();

    static Stream<Feed<?>> feeds() {
        return Feeds.all().stream();
    }

    @ParameterizedTest
    @MethodSource("feeds")
    void shouldShowSamplesThatAreTakenWhole(Feed<?> feed) {
        assertThat(VendorSample.of(feed)).isNotEmpty().allSatisfy(sample -> assertThat(
                        unknownFields(feed, sample.payload()))
                .isZero());
    }

    @ParameterizedTest
    @MethodSource("feeds")
    void shouldNameEveryFieldThatTheDecoderReads(Feed<?> feed) throws Exception {
        Set<String> named =
                VendorMessage.of(feed).fields().stream().map(VendorField::name).collect(Collectors.toSet());
        for (Schema.Field field : feed.schema().getFields()) {
            if (isOfOtherFormats(field)) {
                assertThat(unknownFields(feed, with(feed, field.name(), "1")))
                        .as(field.name())
                        .isEqualTo(1);
            } else if (!NOT_SENT.contains(field.name())) {
                assertThat(named).contains(field.name());
            }
        }
    }

    private static boolean isOfOtherFormats(Schema.Field field) {
        boolean bytes = field.schema().isUnion()
                && field.schema().getTypes().stream().anyMatch(type -> type.getType() == Schema.Type.BYTES);
        boolean list = field.schema().getType() == Schema.Type.ARRAY;
        return bytes || list || Boolean.TRUE.equals(field.getObjectProp("native"));
    }

    @ParameterizedTest
    @MethodSource("feeds")
    void shouldCallRequiredWhatMayNotBeLeftOut(Feed<?> feed) throws Exception {
        for (VendorField field : VendorMessage.of(feed).fields()) {
            ObjectNode without = sample(feed);
            without.remove(field.name());
            if (field.required()) {
                assertThatThrownBy(() -> unknownFields(feed, without.toString()))
                        .isInstanceOfSatisfying(DecodeException.class, e -> {
                            assertThat(e.reason()).isEqualTo(Rejection.MISSING_FIELD);
                            assertThat(e.field()).isEqualTo(field.name());
                        });
            } else {
                assertThat(unknownFields(feed, without.toString()))
                        .as(field.name())
                        .isZero();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("feeds")
    void shouldNameTheValuesThatAreTaken(Feed<?> feed) throws Exception {
        for (VendorField field : VendorMessage.of(feed).fields()) {
            for (String value : field.taken()) {
                assertThat(unknownFields(feed, with(feed, field.name(), value)))
                        .as("%s %s", field.name(), value)
                        .isZero();
            }
            for (String value : field.refused()) {
                String payload = with(feed, field.name(), value);
                assertThatThrownBy(() -> unknownFields(feed, payload))
                        .as("%s %s", field.name(), value)
                        .isInstanceOfSatisfying(DecodeException.class, e -> assertThat(e.field())
                                .startsWith(field.name()));
            }
        }
    }

    private ObjectNode sample(Feed<?> feed) throws JsonProcessingException {
        return (ObjectNode) json.readTree(VendorMessage.of(feed).samples().get(0));
    }

    /** The sample with one value; of times it alone, for each may be bound by the others. */
    private String with(Feed<?> feed, String field, String value) throws JsonProcessingException {
        ObjectNode changed = sample(feed);
        if (feed.field(field).filter(f -> f.kind() == FeedField.Kind.TIME).isPresent()) {
            feed.fields().stream().filter(f -> f.kind() == FeedField.Kind.TIME).forEach(f -> changed.remove(f.name()));
        }
        return changed.set(field, json.readTree(value)).toString();
    }

    /** Decodes, and counts the fields that nobody asked for. */
    private static int unknownFields(Feed<?> feed, String payload) {
        return unknownFields(feed, new Body(payload.strip().getBytes(StandardCharsets.UTF_8)));
    }

    private static <T extends SpecificRecord> int unknownFields(Feed<T> feed, Body payload) {
        Report report = new Report(
                feed,
                "acme",
                "32058300001320000001",
                "camera",
                "fengsui/v1/acme/" + feed.id() + "/32058300001320000001",
                null,
                false,
                Instant.parse("2026-11-23T00:00:01Z"),
                "bridge",
                payload);
        List<T> events = Decoders.standard(vendor -> Optional.of(FACTORS)).decode(feed, null, report);
        assertThat(events).isNotEmpty();
        return events.stream()
                .map(feed::header)
                .map(EventHeader::getSource)
                .mapToInt(source -> source.getUnknownFields())
                .sum();
    }
}
