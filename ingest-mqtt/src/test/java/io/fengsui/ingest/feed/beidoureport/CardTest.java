package io.fengsui.ingest.feed.beidoureport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fengsui.ingest.decode.DecodeException;
import org.junit.jupiter.api.Test;

class CardTest {
    @Test
    void shouldKeepEveryNumberThatAFrameCanCarry() {
        assertThat(Card.of(312_345)).isEqualTo("0312345");
        assertThat(Card.of(9_999_999)).isEqualTo("9999999");
        assertThat(Card.of(10_000_000)).isEqualTo("10000000");
        assertThat(Card.of(0xFFFFFF)).isEqualTo("16777215");
        assertThat(Card.of(0)).isNull();
    }

    @Test
    void shouldWriteANumberInOneWayHoweverItIsPadded() {
        assertThat(Card.padded("312345")).isEqualTo("0312345");
        assertThat(Card.padded("0312345")).isEqualTo("0312345");
        assertThat(Card.padded("00312345")).isEqualTo("0312345");
        assertThat(Card.ofJson("00312345")).isEqualTo("0312345");
        assertThat(Card.ofJson("16777215")).isEqualTo("16777215");
        assertThat(Card.padded("000000")).isEqualTo(Card.NONE);
    }

    @Test
    void shouldRefuseWhatIsNoNumber() {
        assertThatThrownBy(() -> Card.padded("12345")).isInstanceOf(DecodeException.class);
        assertThatThrownBy(() -> Card.padded("12345678")).isInstanceOf(DecodeException.class);
        assertThatThrownBy(() -> Card.ofJson("123456789")).isInstanceOf(DecodeException.class);
        assertThatThrownBy(() -> Card.padded("31234a")).isInstanceOf(DecodeException.class);
    }
}
