package io.fengsui.standalone.letters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import org.junit.jupiter.api.Test;

class PayloadViewTest {

    @Test
    void shouldShowTextAsText() {
        assertThat(PayloadView.of("{\"名称\":\t\"昆山\"}\r\n{}".getBytes(UTF_8))).isEqualTo("{\"名称\":    \"昆山\"}\n{}");
        assertThat(PayloadView.of("<a>昆山</a>".getBytes(Charset.forName("GB18030"))))
                .isEqualTo("<a>昆山</a>");
    }

    @Test
    void shouldDumpWhatIsNoText() {
        assertThat(PayloadView.of(new byte[] {0x24, 0x42, 0, (byte) 0xFF}))
                .isEqualTo("00000000  24 42 00 ff                                      |$B..|");
    }

    @Test
    void shouldDumpWhatWouldSteerATerminal() {
        assertThat(PayloadView.of("\u001B[2J".getBytes(UTF_8))).startsWith("00000000  1b 5b 32 4a");
        assertThat(PayloadView.of("\u202Eabc".getBytes(UTF_8))).startsWith("00000000  e2 80 ae");
    }

    @Test
    void shouldBeBounded() {
        assertThat(PayloadView.of("x".repeat(PayloadView.MOST_TEXT + 5).getBytes(UTF_8)))
                .endsWith("… 5 more characters; --payload-to FILE writes them all");
        assertThat(PayloadView.of(new byte[PayloadView.MOST_BYTES + 7]))
                .endsWith("… 7 more bytes; --payload-to FILE writes them all")
                .hasLineCount(PayloadView.MOST_BYTES / 16 + 1);
    }
}
