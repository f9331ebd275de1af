package io.fengsui.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fengsui.ingest.decode.DecodeException;
import io.fengsui.reference.Device;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.reference.Dated;
import io.fengsui.schema.rejection.Rejection;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviceRegistryTest {
    /** Already the 23rd in Shanghai. */
    private static final Instant NOW = Instant.parse("2026-11-22T16:00:00Z");

    @Test
    void shouldFindARegisteredDevice() {
        assertThat(registry(null, null).registered(new TopicAddress("acme", "dust-sensor", "d-1"), NOW))
                .isEqualTo(Devices.of("acme", "dust-sensor", "d-1"));
    }

    @ParameterizedTest
    @CsvSource({
        "acme,   dust-sensor,  d-2, UNKNOWN_DEVICE",
        "rival,  dust-sensor,  d-1, WRONG_VENDOR",
        "acme,   video-status, d-1, WRONG_FEED",
        "rival,  video-status, d-1, WRONG_VENDOR"
    })
    void shouldRefuseOthers(String vendor, String feed, String device, Rejection reason) {
        assertThat(refusal(registry(null, null), new TopicAddress(vendor, feed, device))
                        .reason())
                .isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "2026-11-23, -,          true",
                "2026-11-24, -,          false",
                "-,          2026-11-23, true",
                "-,          2026-11-22, false",
                "2026-01-01, 2026-12-31, true"
            })
    void shouldTakeADeviceOnItsDaysInShanghai(LocalDate from, LocalDate to, boolean valid) {
        DeviceRegistry registry = registry(from, to);
        TopicAddress address = new TopicAddress("acme", "dust-sensor", "d-1");

        if (valid) {
            assertThat(registry.registered(address, NOW).getDeviceId()).isEqualTo("d-1");
        } else {
            DecodeException refusal = refusal(registry, address);
            assertThat(refusal.reason()).isEqualTo(Rejection.UNKNOWN_DEVICE);
            assertThat(refusal.detail()).contains("2026-11-23");
        }
    }

    @Test
    void shouldTakeADeviceForItsVendorOfTheDay() {
        Device former = Device.newBuilder(Devices.of("rival", "dust-sensor", "d-1"))
                .setValidTo(LocalDate.parse("2026-11-22"))
                .build();
        Device now = Device.newBuilder(Devices.of("acme", "dust-sensor", "d-1"))
                .setValidFrom(LocalDate.parse("2026-11-23"))
                .setValidTo(LocalDate.parse("2026-11-30"))
                .build();
        Device record = Dated.DEVICE.record(List.of(former, now));
        DeviceRegistry registry = new DeviceRegistry(id -> Optional.of(record), new Keepers(Feeds.all()));
        TopicAddress address = new TopicAddress("acme", "dust-sensor", "d-1");

        assertThat(registry.registered(address, NOW).getVendor()).isEqualTo("acme");
        assertThat(refusal(registry, new TopicAddress("rival", "dust-sensor", "d-1"))
                        .reason())
                .isEqualTo(Rejection.WRONG_VENDOR);
        assertThat(registry.registered(new TopicAddress("rival", "dust-sensor", "d-1"), NOW.minusSeconds(1))
                        .getVendor())
                .isEqualTo("rival");
        DecodeException ended = catchThrowableOfType(
                DecodeException.class, () -> registry.registered(address, Instant.parse("2026-12-01T00:00:00Z")));
        assertThat(ended.detail())
                .contains("from ever to 2026-11-22, from 2026-11-23 to 2026-11-30", "not for 2026-12-01");
    }

    private static DecodeException refusal(DeviceRegistry registry, TopicAddress address) {
        return catchThrowableOfType(DecodeException.class, () -> registry.registered(address, NOW));
    }

    private static DeviceRegistry registry(LocalDate from, LocalDate to) {
        Device device = Device.newBuilder(Devices.of("acme", "dust-sensor", "d-1"))
                .setValidFrom(from)
                .setValidTo(to)
                .build();
        Map<String, Device> devices = Map.of("d-1", device);
        return new DeviceRegistry(id -> Optional.ofNullable(devices.get(id)), new Keepers(Feeds.all()));
    }
}
