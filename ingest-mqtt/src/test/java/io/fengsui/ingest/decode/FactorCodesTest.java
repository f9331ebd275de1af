package io.fengsui.ingest.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fengsui.event.CollectorKind;
import io.fengsui.event.DustSensor;
import io.fengsui.ingest.decode.Hj212Encoder.Item;
import io.fengsui.reference.Factor;
import io.fengsui.reference.VendorFactors;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.rejection.Rejection;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the reference data say of a vendor decides how its packets are read. */
class FactorCodesTest {
    private static final Instant MORNING = Instant.parse("2026-11-23T00:00:30Z");
    private static final byte[] PACKET = Hj212Encoder.packet(Hj212Encoder.data(List.of(new Item("x", "50", "N"))));

    private final Map<String, VendorFactors> factors = new HashMap<>();
    private final Decoders decoders = Decoders.standard(vendor -> Optional.ofNullable(factors.get(vendor)));

    @Test
    void shouldRefuseAVendorWithoutCodesAndSayWhatToDo() {
        DecodeException refusal = refusal("dust-sensor-1");

        assertThat(refusal.reason()).isEqualTo(Rejection.UNMAPPED_VENDOR);
        assertThat(refusal.detail()).contains("factors.csv", "acme");
        assertThat(refusal.reason().remedy()).contains("factors.csv");
    }

    @Test
    void shouldReadByTheCodesInForceNow() {
        say(false, factor("x", "hopperTemperatureCelsius").build());
        assertThat(decode("dust-sensor-1", "other", MORNING).getHopperTemperatureCelsius())
                .isEqualTo(50);

        say(false, factor("x", "airVelocityMetresPerSecond").setScale(0.1).build());
        DustSensor event = decode("dust-sensor-1", "other", MORNING);

        assertThat(event.getHopperTemperatureCelsius()).isNull();
        assertThat(event.getAirVelocityMetresPerSecond()).isEqualTo(5);
    }

    @Test
    void shouldTakeTheNumberOfAGatewayOnlyWhereTheReferenceDataSaySo() {
        say(false, factor("x", "hopperTemperatureCelsius").build());
        DecodeException refusal = refusal("another-device");
        assertThat(refusal.reason()).isEqualTo(Rejection.DEVICE_MISMATCH);
        assertThat(refusal.field()).isEqualTo("MN");

        say(true, factor("x", "hopperTemperatureCelsius").build());
        assertThat(decode("another-device", "other", MORNING).getHopperTemperatureCelsius())
                .isEqualTo(50);
    }

    /** Midnight of Shanghai is 16:00 UTC. */
    @ParameterizedTest
    @CsvSource({"2026-11-23T15:59:59Z, 50, ", "2026-11-23T16:00:00Z, , 50"})
    void shouldReadByTheCodesOfTheDayInShanghai(Instant receivedAt, Double hopper, Double outlet) {
        say(
                false,
                factor("x", "hopperTemperatureCelsius")
                        .setValidTo(LocalDate.parse("2026-11-23"))
                        .build(),
                factor("x", "outletTemperatureCelsius")
                        .setValidFrom(LocalDate.parse("2026-11-24"))
                        .build());

        DustSensor event = decode("dust-sensor-1", "other", receivedAt);

        assertThat(event.getHopperTemperatureCelsius()).isEqualTo(hopper);
        assertThat(event.getOutletTemperatureCelsius()).isEqualTo(outlet);
    }

    @ParameterizedTest
    @CsvSource({"dry-collector, DRY", "wet-collector, WET", "other, UNKNOWN"})
    void shouldTellTheCollectorByTheKindOfTheDevice(String deviceType, CollectorKind collector) {
        say(false, factor("x", "hopperTemperatureCelsius").build());

        assertThat(decode("dust-sensor-1", deviceType, MORNING).getCollector()).isEqualTo(collector);
    }

    private void say(boolean gatewayNumber, Factor... of) {
        factors.put("acme", new VendorFactors("acme", gatewayNumber, List.of(of)));
    }

    private static Factor.Builder factor(String code, String field) {
        return Factor.newBuilder().setCode(code).setField(field);
    }

    private DecodeException refusal(String deviceId) {
        return catchThrowableOfType(DecodeException.class, () -> decode(deviceId, "other", MORNING));
    }

    private DustSensor decode(String deviceId, String deviceType, Instant receivedAt) {
        Report report = new Report(
                Feeds.DUST_SENSOR,
                "acme",
                deviceId,
                deviceType,
                "fengsui/v1/acme/dust-sensor/" + deviceId,
                null,
                false,
                receivedAt,
                "fengsui-bridge-telemetry",
                new Body(PACKET));
        return decoders.decode(Feeds.DUST_SENSOR, null, report).get(0);
    }
}
