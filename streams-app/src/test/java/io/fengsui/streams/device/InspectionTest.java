package io.fengsui.streams.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.streams.reference.ReferenceView;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InspectionTest {
    private final DeviceState state = new DeviceState("test");
    private final Inspection inspection = new Inspection(new ReferenceView());

    @Test
    void shouldTellThatACounterRanBackSinceTheNewestEvent() {
        state.counted(Map.of("rain", 100.5));

        assertThat(flags(100.5, true)).isEmpty();
        assertThat(flags(101.0, true)).isEmpty();
        assertThat(flags(null, true)).isEmpty();
        assertThat(flags(100.0, true)).containsExactly("COUNTER_RAN_BACK");
        assertThat(flags(0.0, true)).containsExactly("COUNTER_RAN_BACK");
    }

    @Test
    void shouldCompareNoOlderEventAndNoReadingThatIsNoCounter() {
        state.counted(Map.of("rain", 100.5));

        assertThat(flags(3.0, false)).isEmpty();
        assertThat(inspection.flags(new TestEvent().with("level", -5.0), null, state, true))
                .isEmpty();
    }

    @Test
    void shouldFindCountersAlone() {
        TestEvent event = new TestEvent().with("rain", 3.5).with("level", 2.0);

        assertThat(inspection.fields(event).counters(event)).isEqualTo(Map.of("rain", 3.5));
    }

    private List<String> flags(Double rain, boolean inOrder) {
        return inspection.flags(new TestEvent().with("rain", rain), null, state, inOrder);
    }
}
