package io.fengsui.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.event.DustSensor;
import io.fengsui.reference.Device;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.feed.Lane;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeepersTest {
    private static final Feed<?> CALLS = new Feed<>(
            "calls",
            "",
            "",
            DustSensor.class,
            new Schema.Parser().parse("""
                    {"type": "record", "name": "Call", "namespace": "io.fengsui.test", "fields": [
                      {"name": "callerName", "type": "string", "personal": true}]}
                    """),
            Lane.TELEMETRY,
            Duration.ZERO,
            false,
            List.of());

    /** The police have a centre that sends calls, and a dust collector; acme has a dust collector. */
    private final Map<String, Device> devices = Map.of(
            "centre", Devices.of("police", "calls", "centre"),
            "p-1", Devices.of("police", "dust-sensor", "p-1"),
            "a-1", Devices.of("acme", "dust-sensor", "a-1"));

    private final Keepers keepers = new Keepers(List.of(CALLS, Feeds.DUST_SENSOR));

    @ParameterizedTest
    @CsvSource({
        "fengsui/v1/police/calls/centre,      true,  of the feed",
        "fengsui/v1/police/calls/other,       true,  of the feed and unknown",
        "fengsui/v1/acme/calls/a-1,           true,  of the feed and another's",
        "fengsui/v1/police/dust-sensor/centre, true, of a device of the feed",
        "fengsui/v1/acme/dust-sensor/centre,  true,  of a device of the feed and another vendor",
        "fengsui/v1/police/dust-sensor/other, true,  of the vendor and unknown",
        "fengsui/v1/police/call/centre,       true,  of no feed",
        "fengsui/v1/police/video-status/p-1,  true,  of the wrong feed",
        "fengsui/v1/police,                   true,  of no shape",
        "fengsui/v1/police/x/calls/centre/y,  true,  of no shape",
        "fengsui/v1/police/dust-sensor/p-1,   false, of a device that is not of the feed",
        "fengsui/v1/acme/dust-sensor/a-1,     false, of another vendor",
        "fengsui/v1/acme/dust-sensor/other,   false, of another vendor and unknown",
        "fengsui/v1/acme,                     false, of another vendor and no shape"
    })
    void shouldKeepWhatMayHoldPersonalData(String topic, boolean kept, String what) {
        devices.forEach(keepers);

        Optional<Feed<?>> keeper = keepers.of(topic, id -> Optional.ofNullable(devices.get(id)));

        assertThat(keeper.isPresent()).as(what).isEqualTo(kept);
    }

    @Test
    void shouldCountAVendorWhoseDeviceIsGone() {
        keepers.accept("centre", devices.get("centre"));
        keepers.accept("centre", null);

        assertThat(keepers.of("fengsui/v1/police/call/centre", id -> Optional.empty()))
                .contains(CALLS);
    }
}
