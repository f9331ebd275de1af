package io.fengsui.ingest.decode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fengsui.event.EventStatus;
import io.fengsui.schema.rejection.Rejection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Fengsui's own JSON, read strictly: one object, valid UTF-8, no field twice, limited in depth and number of elements.
 * The envelope that all feeds share is read here, the feed's fields by its decoder.
 *
 * <pre>{@code
 * {"messageId": "optional", "time": "2026-11-23T08:00:00+08:00", "status": "ACTUAL", "exercise": "name of the drill",
 *  "deviceId": "optional, must be the topic's", ... fields of the feed, named as in its Avro schema}
 * }</pre>
 */
public final class JsonPayload {
    /** Whether {@code time} may be left out. */
    public enum Time {
        REQUIRED,
        OPTIONAL
    }

    /** Longer than any field's limit, so that a field's own limit speaks first. */
    private static final int MAX_STRING = 32 * 1024;

    /** NaN and Infinity are let in by the parser to be refused by name and with their field. */
    private static final ObjectReader READER = JsonMapper.builder(JsonFactory.builder()
                    .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                    .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(16)
                            .maxTokenCount(2_000)
                            .maxNameLength(256)
                            .maxStringLength(MAX_STRING)
                            .maxNumberLength(100)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .reader();

    public static final int MESSAGE_ID_LENGTH = 128;
    public static final int EXERCISE_LENGTH = 200;

    private JsonPayload() {}

    /**
     * Reads a report of one event.
     *
     * @param body reads the feed's fields; it asks for {@link JsonFields#header()} last
     * @throws DecodeException with the message id and status as far as they could be read
     */
    public static <T extends SpecificRecord> List<T> decode(Report report, Time time, Function<JsonFields, T> body) {
        JsonFields fields = new JsonFields("", parse(report.payload()));
        String messageId = null;
        EventStatus status = EventStatus.UNKNOWN;
        try {
            messageId = fields.text("messageId", MESSAGE_ID_LENGTH);
            status = status(fields);
            String exercise = exercise(fields, status);
            String deviceId = fields.text("deviceId", MESSAGE_ID_LENGTH);
            if (deviceId != null && !deviceId.equals(report.deviceId())) {
                throw new DecodeException(
                        Rejection.DEVICE_MISMATCH,
                        "deviceId",
                        "the payload names '" + deviceId + "', the topic '" + report.deviceId() + "'");
            }
            Instant eventTime = time == Time.REQUIRED ? fields.requiredTime("time") : fields.time("time");
            fields.envelope(report, messageId, eventTime, status, exercise);
            return List.of(body.apply(fields));
        } catch (DecodeException e) {
            throw e.with(messageId, status);
        }
    }

    private static EventStatus status(JsonFields fields) {
        EventStatus status = fields.choice("status", EventStatus.class);
        if (status != null) {
            return status;
        }
        if (fields.text("exercise", EXERCISE_LENGTH) != null) {
            throw new DecodeException(
                    Rejection.MISSING_FIELD, "status", "an exercise is named; status must say EXERCISE");
        }
        return EventStatus.ACTUAL;
    }

    private static @Nullable String exercise(JsonFields fields, EventStatus status) {
        String exercise = fields.text("exercise", EXERCISE_LENGTH);
        if (exercise != null && status == EventStatus.ACTUAL) {
            throw new DecodeException(
                    Rejection.UNKNOWN_VALUE, "status", "is ACTUAL, but the exercise '" + exercise + "' is named");
        }
        return exercise;
    }

    private static ObjectNode parse(byte[] payload) {
        try {
            JsonNode tree = tree(payload);
            if (tree instanceof ObjectNode object) {
                return object;
            }
            throw new DecodeException(
                    Rejection.NOT_JSON,
                    "one object was expected, found "
                            + tree.getNodeType().name().toLowerCase(Locale.ROOT));
        } catch (StreamConstraintsException e) {
            throw new DecodeException(Rejection.TOO_DEEP, e.getOriginalMessage());
        } catch (JsonProcessingException e) {
            throw new DecodeException(Rejection.NOT_JSON, e.getOriginalMessage() + place(e));
        }
    }

    /** Most messages are ASCII, and then need not become a text first. With a zero byte the parser might take them for UTF-16. */
    private static JsonNode tree(byte[] payload) throws JsonProcessingException {
        if (StrictText.isAscii(payload)) {
            try {
                return READER.readTree(payload);
            } catch (JsonProcessingException e) {
                throw e;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return READER.readTree(StrictText.utf8(payload)
                .orElseThrow(() -> new DecodeException(Rejection.NOT_UTF8, "the bytes are not valid UTF-8")));
    }

    private static String place(JsonProcessingException e) {
        return e.getLocation() == null
                ? ""
                : " (line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr() + ")";
    }
}
