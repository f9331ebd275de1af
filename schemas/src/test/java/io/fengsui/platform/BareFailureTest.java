package io.fengsui.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BareFailureTest {

    @Test
    void shouldTellWhatFailedAndWhereWithoutAWordOfTheFailure() {
        Exception failure = new IllegalStateException("of 张三", new NumberFormatException("For input string: 138"));

        BareFailure bare = new BareFailure(failure);

        assertThat(bare).hasMessage("java.lang.IllegalStateException");
        assertThat(bare.getStackTrace()).isEqualTo(failure.getStackTrace());
        assertThat(bare.getCause()).hasMessage("java.lang.NumberFormatException");
        assertThat(bare).hasStackTraceContaining("shouldTellWhatFailed");
        assertThat(bare.getCause().getCause()).isNull();
    }
}
