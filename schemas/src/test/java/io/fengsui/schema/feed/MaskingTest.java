package io.fengsui.schema.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fengsui.event.DustSensor;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topics;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskingTest {
    private static final Schema CALL = schema("""
            {"name": "callNo", "type": "string"},
            {"name": "callerName", "type": "string", "personal": true},
            {"name": "telephone", "type": ["null", "string"], "personal": true},
            {"name": "age", "type": ["null", "int"], "personal": true},
            {"name": "injured", "type": ["null", "int"], "personal": false}
            """);

    @Test
    void shouldMaskTextsAndEmptyTheRest() {
        TestRecord call = new TestRecord(CALL, "C-1", "张三", "13800000000", 71, 2);

        new Masking().mask(call);

        assertThat(values(call)).containsExactly("C-1", "***", "***", null, 2);
    }

    @Test
    void shouldLeaveWhatIsNotThere() {
        TestRecord call = new TestRecord(CALL, "C-1", "张三", null, null, null);

        new Masking().mask(call);

        assertThat(values(call)).containsExactly("C-1", "***", null, null, null);
    }

    @Test
    void shouldChangeNothingInAnEventWithoutPersonalData() {
        Schema plain = schema("{\"name\": \"callNo\", \"type\": \"string\"}");
        TestRecord call = new TestRecord(plain, "C-1");

        new Masking().mask(call);

        assertThat(values(call)).containsExactly("C-1");
        assertThat(Masking.personalFields(plain)).isEmpty();
    }

    @Test
    void shouldNameThePersonalFieldsInTheirOrder() {
        assertThat(Masking.personalFields(CALL))
                .extracting(Schema.Field::name)
                .containsExactly("callerName", "telephone", "age");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\": \"age\", \"type\": \"int\", \"personal\": true}",
                "{\"name\": \"callerName\", \"type\": \"string\", \"personal\": \"true\"}",
                """
                {"name": "callers", "type": {"type": "array", "items": {"type": "record", "name": "Caller", "fields": [
                  {"name": "callerName", "type": "string", "personal": true}]}}}
                """
            })
    void shouldRefuseWhatCannotBeMasked(String field) {
        Schema schema = schema(field);

        assertThatThrownBy(() -> Masking.personalFields(schema)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @MethodSource("feeds")
    void shouldBeAbleToMaskEveryFeed(Feed<?> feed) {
        assertThatCode(feed::isProtected).doesNotThrowAnyException();
    }

    static List<Feed<?>> feeds() {
        return Feeds.all();
    }

    @Test
    void shouldKeepAllOfAProtectedFeedUnderItsPrefix() {
        Feed<?> calls = feed("emergency-call", CALL);

        assertThat(Stream.of(
                        Topics.feed(Realm.LIVE, calls).name(),
                        Topics.deadLetter(calls).name(),
                        Topics.unrouted(Realm.LIVE, calls).name()))
                .containsExactly(
                        "feed.emergency-call", "feed.emergency-call.dead-letter", "feed.emergency-call.unrouted");
        assertThat(Topics.unrouted(Realm.DRILL, calls).name()).isEqualTo("drill.feed.emergency-call.unrouted");
    }

    @Test
    void shouldShareTheQueuesOfOtherFeeds() {
        assertThat(Topics.deadLetter(Feeds.GATEWAY)).isEqualTo(Topics.deadLetter(null));
        assertThat(Topics.unrouted(Realm.DRILL, Feeds.GATEWAY).name()).isEqualTo("drill.feed.unrouted");
        assertThat(Topics.allDeadLetters().get(0)).isEqualTo(Topics.DEAD_LETTER);
        assertThat(Topics.fixed())
                .containsAll(Topics.allDeadLetters())
                .containsAll(Topics.allUnrouted(Realm.LIVE))
                .containsAll(Topics.allUnrouted(Realm.DRILL));
    }

    /** Else a grant by prefix of the one would open the other. */
    @ParameterizedTest
    @MethodSource("feeds")
    void shouldGiveNoFeedANameThatBeginsWithAProtectedOne(Feed<?> feed) {
        assertThat(Feeds.all())
                .filteredOn(other -> other.isProtected() && !other.equals(feed))
                .noneMatch(other -> feed.id().startsWith(other.id()));
    }

    private static Feed<?> feed(String id, Schema schema) {
        return new Feed<>(id, id, id, DustSensor.class, schema, Lane.TELEMETRY, Duration.ZERO, false, List.of());
    }

    private static Schema schema(String fields) {
        return new Schema.Parser()
                .parse("{\"type\": \"record\", \"name\": \"Call\", \"namespace\": \"io.fengsui.test\", \"fields\": ["
                        + fields + "]}");
    }

    private static List<Object> values(TestRecord record) {
        return record.getSchema().getFields().stream()
                .map(field -> record.get(field.pos()))
                .toList();
    }
}
