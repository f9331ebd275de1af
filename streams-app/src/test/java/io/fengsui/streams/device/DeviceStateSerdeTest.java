package io.fengsui.streams.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fengsui.event.Severity;
import io.fengsui.streams.rule.Mark;
import io.fengsui.streams.rule.OpenCases;
import io.fengsui.streams.rule.OpenCases.Case;
import io.fengsui.streams.rule.Progress;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

class DeviceStateSerdeTest {
    private static final long NOW = 1_795_392_000_000L;

    private final DeviceStateSerde serde = new DeviceStateSerde();

    @Test
    void shouldKeepEverything() {
        DeviceState state = new DeviceState("elevator-119");
        state.seen(NOW, NOW);
        state.observed(NOW - 5);
        state.silenceSeverity(Severity.III);
        state.counted(Map.of("rainTotalMillimetres", 1234.5));
        state.recentIds().add(-1, NOW);
        state.open().put(new Case("elevator-entrapment", "W1", Severity.II, NOW, 0));
        state.open().put(new Case("elevator-not-arrived", "工单2", null, NOW, NOW + 1_800_000));

        DeviceState read =
                serde.deserializer().deserialize("t", serde.serializer().serialize("t", state));

        assertThat(read.feedId()).isEqualTo("elevator-119");
        assertThat(read.lastSeen()).isEqualTo(NOW);
        assertThat(read.lastEventTime()).isEqualTo(NOW - 5);
        assertThat(read.silenceSeverity()).isEqualTo(Severity.III);
        assertThat(read.recentIds().contains(-1)).isTrue();
        assertThat(read.open().all()).isEqualTo(state.open().all());
        assertThat(read.counters()).isEqualTo(Map.of("rainTotalMillimetres", 1234.5));
        assertThat(read.open().nextDeadline()).isEqualTo(NOW + 1_800_000);
    }

    @Test
    void shouldKeepWhatRulesRememberAndTakeNoBytesWhereTheyRememberNothing() {
        DeviceState plain = new DeviceState("dust-sensor");
        plain.open().put(new Case("hot", "", Severity.III, NOW, 0));
        assertThat(serde.serializer().serialize("t", plain)[0]).isEqualTo((byte) 2);

        DeviceState state = new DeviceState("dust-sensor");
        state.open().put(new Case("cold", "", Severity.III, NOW, 0));
        Map<String, Object> seen = Map.of(
                "event.a", 1.5, "event.b", 7L, "event.c", true, "event.d", "词", "event.e", Instant.ofEpochMilli(NOW));
        state.open().put(new Case("hot", "", null, NOW, 0, new Progress(NOW + 1, NOW + 2, 5, seen)));
        OpenCases open =
                new OpenCases(state.open().all(), Map.of("often", List.of(new Mark(NOW, 1), new Mark(NOW + 9, -1))));
        DeviceState remembering =
                new DeviceState("dust-sensor", state.recentIds(), open, 0, 0, Severity.UNKNOWN, Map.of(), "");

        byte[] bytes = serde.serializer().serialize("t", remembering);
        DeviceState read = serde.deserializer().deserialize("t", bytes);

        assertThat(bytes[0]).isEqualTo((byte) 3);
        assertThat(read.open().all()).isEqualTo(open.all());
        assertThat(read.open().marks()).isEqualTo(open.marks());
        assertThat(read.open().nextDeadline()).isEqualTo(NOW + 2);
    }

    @Test
    void shouldKeepTheExerciseAndTakeNoBytesWhereThereIsNone() {
        DeviceState state = new DeviceState("dust-sensor");
        state.open().put(new Case("hot", "", null, NOW, NOW + 1));
        byte[] live = serde.serializer().serialize("t", state);
        state.exercise("粉尘爆炸应急演练 2026-11-26 09:00");
        byte[] drill = serde.serializer().serialize("t", state);

        assertThat(live[0]).isEqualTo((byte) 2);
        assertThat(serde.deserializer().deserialize("t", live).exercise()).isEmpty();
        assertThat(serde.deserializer().deserialize("t", drill).exercise()).isEqualTo("粉尘爆炸应急演练 2026-11-26 09:00");
        assertThat(serde.deserializer().deserialize("t", drill).open().nextDeadline())
                .isEqualTo(NOW + 1);
    }

    /** Written by the release before counters, from the state of the test above. */
    @Test
    void shouldReadTheStateOfAnOlderRelease() {
        byte[] bytes = HexFormat.of()
                .parseHex("0118656c657661746f722d313139f6bf9edbc06880c09edbc068030280c09edbc068ffffffffffffffff042665"
                        + "6c657661746f722d656e747261706d656e740457310280c09edbc0680028656c657661746f722d6e6f742d6172"
                        + "72697665640ee5b7a5e58d95320080c09edbc068809dfadcc068");

        DeviceState read = serde.deserializer().deserialize("t", bytes);

        assertThat(read.feedId()).isEqualTo("elevator-119");
        assertThat(read.lastSeen()).isEqualTo(NOW);
        assertThat(read.silenceSeverity()).isEqualTo(Severity.III);
        assertThat(read.open().nextDeadline()).isEqualTo(NOW + 1_800_000);
        assertThat(read.counters()).isEmpty();
    }

    @Test
    void shouldStaySmallForADeviceWithAHeartbeatAMinute() {
        DeviceState state = new DeviceState("dust-sensor");
        for (int i = 0; i < 100; i++) {
            state.seen(NOW + i * 60_000L, NOW + i * 60_000L);
            state.observed(NOW + i * 60_000L);
            state.recentIds().add(RecentIds.hash("acme/dust-1/" + i), NOW + i * 60_000L);
        }

        assertThat(serde.serializer().serialize("t", state)).hasSizeLessThan(230);
    }

    @Test
    void shouldRefuseTheStateOfANewerRelease() {
        byte[] bytes = serde.serializer().serialize("t", new DeviceState("gateway"));
        bytes[0] = 5;

        assertThatThrownBy(() -> serde.deserializer().deserialize("t", bytes))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("version 5");
    }
}
