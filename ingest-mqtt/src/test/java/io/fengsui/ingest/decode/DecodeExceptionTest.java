package io.fengsui.ingest.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fengsui.event.EventStatus;
import io.fengsui.schema.rejection.Rejection;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DecodeExceptionTest {
    private static final String NAME = "张三";

    @ParameterizedTest
    @MethodSource
    void shouldNameTheFieldAndWhatWasExpectedWithoutAWordOfThePayload(Consumer<JsonFields> read, String told) {
        ObjectNode payload = JsonNodeFactory.instance.objectNode();
        payload.put("text", NAME.repeat(100)).put("number", 4711);
        JsonFields fields = new JsonFields("caller.", payload);

        DecodeException refused = catchThrowableOfType(DecodeException.class, () -> read.accept(fields));

        assertThat(refused.unquoted().field()).isEqualTo(refused.field()).startsWith("caller.");
        assertThat(refused.unquoted().detail()).isEqualTo(told);
        assertThat(refused.unquoted()).message().doesNotContain(NAME, "4711");
    }

    static Stream<Arguments> shouldNameTheFieldAndWhatWasExpectedWithoutAWordOfThePayload() {
        return Stream.of(
                read(fields -> fields.number("text", 0, 9), "expected a number"),
                read(fields -> fields.number("number", 0, 9.5), "expected 0 to 9.5"),
                read(fields -> fields.text("number", 9), "expected a text"),
                read(fields -> fields.text("text", 9), "expected at most 9 characters"),
                read(fields -> fields.time("text"), Rejection.BAD_TIME.en()),
                read(fields -> fields.choice("text", EventStatus.class), "expected one of ACTUAL, EXERCISE, TEST"));
    }

    private static Arguments read(Consumer<JsonFields> read, String told) {
        return Arguments.of(read, told);
    }

    @Test
    void shouldKeepReasonMessageIdAndStatusWhenItQuotesNothing() {
        DecodeException refused = new DecodeException(Rejection.NOT_JSON, "found " + NAME)
                .with("m-1", EventStatus.EXERCISE)
                .unquoted();

        assertThat(refused.reason()).isEqualTo(Rejection.NOT_JSON);
        assertThat(refused.detail()).isEqualTo(Rejection.NOT_JSON.en());
        assertThat(refused.messageId()).isEqualTo("m-1");
        assertThat(refused.status()).isEqualTo(EventStatus.EXERCISE);
    }
}
