package io.fengsui.ingest.decode;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrictTextTest {

    @ParameterizedTest
    @CsvSource({"断电, 断电", "断电了吗？, 断电了…", "a𠀀b, a𠀀b", "ab𠀀c, ab…", "abc𠀀, abc…"})
    void shouldQuoteFourCharactersAndCutNoneInTwo(String text, String quoted) {
        assertThat(StrictText.quoted(text, 4)).isEqualTo(quoted);
    }

    @Test
    void shouldQuoteWhatNobodyCanReadByAReplacement() {
        assertThat(StrictText.quoted("a\u0000b\u0085c\ue000d\ud840", 20)).isEqualTo("a\ufffdb\ufffdc\ufffdd\ufffd");
    }
}
