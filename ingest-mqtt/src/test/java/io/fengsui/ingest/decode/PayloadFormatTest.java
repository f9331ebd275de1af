package io.fengsui.ingest.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fengsui.schema.rejection.Rejection;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PayloadFormatTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | JSON",
                "[] | JSON",
                "<a/> | GB28181_XML",
                "\uFEFF<a/> | GB28181_XML",
                "3 ON | GB28181_LINE",
                "0 ON | GB28181_LINE",
                "9 ON | GB28181_LINE",
                "##0101 | HJ212",
                "$BDTXR | BEIDOU_2_1"
            })
    void shouldKnowAFormatByItsFirstCharacter(String payload, PayloadFormat format) {
        byte[] bytes = ("\r\n " + payload).getBytes(StandardCharsets.UTF_8);
        byte[] bare = payload.getBytes(StandardCharsets.UTF_8);

        assertThat(PayloadFormat.of("text/plain; charset=utf-8", bare)).isEqualTo(format);
        if (!payload.startsWith("\uFEFF")) {
            assertThat(PayloadFormat.of(null, bytes)).isEqualTo(format);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldKnowAFormatByItsContentTypeWhateverThePayloadLooksLike(PayloadFormat format) {
        assertThat(format.contentTypes()).isNotEmpty().allSatisfy(type -> assertThat(
                        PayloadFormat.of(type, new byte[] {'{'}))
                .isEqualTo(format));
    }

    @ParameterizedTest
    @CsvSource({"camera OFF", "/", ":", "''"})
    void shouldRefuseWhatLooksLikeNothing(String payload) {
        assertThat(catchThrowableOfType(
                                DecodeException.class,
                                () -> PayloadFormat.of(null, payload.getBytes(StandardCharsets.UTF_8)))
                        .reason())
                .isEqualTo(Rejection.UNSUPPORTED_FORMAT);
    }
}
