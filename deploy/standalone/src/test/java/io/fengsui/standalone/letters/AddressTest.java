package io.fengsui.standalone.letters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {

    @ParameterizedTest
    @ValueSource(strings = {"feed.dead-letter/0/17", "feed.police-110.dead-letter/5/0"})
    void shouldReadWhatItWrites(String text) {
        assertThat(Address.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "feed.dead-letter",
                "feed.dead-letter/0",
                "feed.dead-letter/0/-1",
                "feed.dead-letter/x/1",
                "feed.dead-letter/0/17/",
                "feed.dead-letter/0/99999999999999999999"
            })
    void shouldSayWhatAnAddressLooksLike(String text) {
        assertThatThrownBy(() -> Address.parse(text)).hasMessageContaining("feed.dead-letter/0/17");
    }

    @Test
    void shouldNameTheTopicsOfDeadLetters() {
        assertThatThrownBy(() -> Address.parse("feed.dust-sensor/0/1"))
                .hasMessageContaining("'feed.dust-sensor'")
                .hasMessageContaining("feed.police-110.dead-letter");
    }
}
