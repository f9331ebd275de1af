package io.fengsui.ingest.feed.dustsensor.hj212;

import io.fengsui.event.CollectorKind;
import io.fengsui.event.DustSensor;
import io.fengsui.event.EventStatus;
import io.fengsui.ingest.decode.DecodeException;
import io.fengsui.ingest.decode.Decoder;
import io.fengsui.ingest.decode.DeviceTime;
import io.fengsui.ingest.decode.Envelope;
import io.fengsui.ingest.decode.PayloadFormat;
import io.fengsui.ingest.decode.Report;
import io.fengsui.reference.Factor;
import io.fengsui.reference.VendorFactors;
import io.fengsui.schema.rejection.Rejection;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decodes HJ 212-2017 packets that carry data. Each packet of a message of several stands for itself. No refusal quotes a
 * text of a packet, for its password stands in it.
 */
public final class Hj212Decoder implements Decoder<DustSensor> {
    static final String DATA_TIME = "DataTime";

    /** Real-time, minute and hourly data. A daily mean (2031) is no reading. */
    private static final Set<String> DATA_COMMANDS = Set.of("2011", "2051", "2061");

    private static final Set<String> FIELDS = Set.of("QN", "ST", "CN", "PW", "MN", "Flag", "PNUM", "PNO");

    private final Function<String, Optional<VendorFactors>> factors;

    /** @param factors looks the factor codes of a vendor up, now; safe for use by many threads */
    public Hj212Decoder(Function<String, Optional<VendorFactors>> factors) {
        this.factors = factors;
    }

    @Override
    public List<DustSensor> decode(Report report) {
        Packet packet = Packet.parse(report.payload());
        if (!DATA_COMMANDS.contains(packet.required("CN"))) {
            throw new DecodeException(
                    Rejection.UNSUPPORTED_MESSAGE, "CN", "the command carries no readings; 2011, 2051 and 2061 do");
        }
        VendorFactors vendor = factors.apply(report.vendor())
                .orElseThrow(() -> new DecodeException(
                        Rejection.UNMAPPED_VENDOR,
                        "vendor",
                        "factors.csv of the reference data has no rows for the vendor " + report.vendor()));
        if (!vendor.getGatewayNumber() && !packet.required("MN").equals(report.deviceId())) {
            throw new DecodeException(
                    Rejection.DEVICE_MISMATCH, "MN", "is not the topic's device " + report.deviceId());
        }
        return List.of(event(report, packet, vendor));
    }

    private static DustSensor event(Report report, Packet packet, VendorFactors vendor) {
        Part part = Part.of(packet);
        @Nullable String id = messageId(packet);
        Instant time = time(packet, part);
        Readings readings = Readings.of(packet.items(), onDay(vendor, report.receivedAt()));
        int unknown = readings.unknown()
                + (int) packet.fields().keySet().stream()
                        .filter(name -> !FIELDS.contains(name))
                        .count();
        DustSensor event = DustSensor.newBuilder()
                .setCollector(collector(report.deviceType()))
                .setFlaggedReadings(readings.flagged())
                .setHeader(report.header(
                        new Envelope(PayloadFormat.HJ212, id, time, EventStatus.ACTUAL, null, part.name(), unknown)))
                .build();
        readings.values()
                .forEach((field, value) ->
                        event.put(DustSensor.getClassSchema().getField(field).pos(), value));
        return event;
    }

    /** The number repeats when a packet is sent again, and not with another command of the same moment. */
    private static @Nullable String messageId(Packet packet) {
        String number = packet.optional("QN");
        if (number == null) {
            return null;
        }
        PacketTime.checkNumber(number);
        return number + "-" + packet.required("CN");
    }

    private static Instant time(Packet packet, Part part) {
        String time = packet.items().getOrDefault(DATA_TIME, "");
        if (time.isEmpty()) {
            throw new DecodeException(
                    Rejection.MISSING_FIELD,
                    DATA_TIME,
                    part.name() == null
                            ? "is missing or blank"
                            : "is missing or blank in a packet of several, so that it cannot be decoded alone");
        }
        return PacketTime.dataTime(time);
    }

    private static CollectorKind collector(String deviceType) {
        return switch (deviceType) {
            case "dry-collector" -> CollectorKind.DRY;
            case "wet-collector" -> CollectorKind.WET;
            default -> CollectorKind.UNKNOWN;
        };
    }

    private static Map<String, Factor> onDay(VendorFactors vendor, Instant now) {
        LocalDate day = LocalDate.ofInstant(now, DeviceTime.SHANGHAI);
        return vendor.getFactors().stream()
                .filter(factor -> factor.getValidFrom() == null || !day.isBefore(factor.getValidFrom()))
                .filter(factor -> factor.getValidTo() == null || !day.isAfter(factor.getValidTo()))
                .collect(Collectors.toMap(Factor::getCode, Function.identity(), (first, second) -> second));
    }
}
