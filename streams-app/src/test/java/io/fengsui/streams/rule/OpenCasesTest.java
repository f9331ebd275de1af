package io.fengsui.streams.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.event.Severity;
import io.fengsui.streams.rule.OpenCases.Case;
import org.junit.jupiter.api.Test;

class OpenCasesTest {

    @Test
    void shouldRefuseWhatIsBeyondTheLimitOfARuleAndNeverEvictAnother() {
        OpenCases open = new OpenCases();
        open.put(new Case("silent", "", Severity.III, 1, 0));
        for (int channel = 0; channel < OpenCases.LIMIT; channel++) {
            assertThat(open.put(new Case("offline", "c" + channel, Severity.III, 1, 0)))
                    .isTrue();
        }
        assertThat(open.put(new Case("offline", "one-more", Severity.III, 1, 0)))
                .isFalse();

        assertThat(open.refused()).isEqualTo(1);
        assertThat(open.fires("silent")).isTrue();
        assertThat(open.find("offline", "c0")).isNotNull();
        assertThat(open.find("offline", "one-more")).isNull();
        assertThat(open.put(new Case("offline", "c0", Severity.II, 1, 0)))
                .as("a change")
                .isTrue();
        assertThat(open.gravest("offline")).isEqualTo(Severity.II);
    }
}
