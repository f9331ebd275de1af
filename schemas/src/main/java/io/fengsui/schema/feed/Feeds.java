package io.fengsui.schema.feed;

import io.fengsui.event.BeidouReport;
import io.fengsui.event.DustSensor;
import io.fengsui.event.Elevator119;
import io.fengsui.event.GatewayStatus;
import io.fengsui.event.VideoStatus;
import io.fengsui.schema.serde.TrustedRecords;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** All feeds (design 4.1). A new feed is one constant here; CONTRIBUTING.md has the recipe. */
public final class Feeds {

    static {
        TrustedRecords.trust();
    }

    /** Camera and recorder state, GB/T 28181. */
    public static final Feed<VideoStatus> VIDEO_STATUS = new Feed<>(
            "video-status",
            "视频状态",
            "Video status",
            VideoStatus.class,
            VideoStatus.getClassSchema(),
            Lane.TELEMETRY,
            Duration.ofMinutes(5),
            VideoStatus::getHeader,
            (event, place) -> VideoStatus.newBuilder(event).setPlace(place).build());

    /** Heartbeat and readings of dust collectors. */
    public static final Feed<DustSensor> DUST_SENSOR = new Feed<>(
            "dust-sensor",
            "粉尘监测",
            "Dust sensors",
            DustSensor.class,
            DustSensor.getClassSchema(),
            Lane.TELEMETRY,
            Duration.ofMinutes(5),
            DustSensor::getHeader,
            (event, place) -> DustSensor.newBuilder(event).setPlace(place).build());

    /** Direct disaster reports by Beidou short message; minutes in transit are normal. */
    public static final Feed<BeidouReport> BEIDOU_REPORT = new Feed<>(
            "beidou-report",
            "北斗灾情直报",
            "Beidou reports",
            BeidouReport.class,
            BeidouReport.getClassSchema(),
            Lane.LIFE_SAFETY,
            Duration.ofHours(2),
            BeidouReport::getHeader,
            (event, place) -> BeidouReport.newBuilder(event).setPlace(place).build());

    /** Work orders of the elevator-119 rescue centre. */
    public static final Feed<Elevator119> ELEVATOR_119 = new Feed<>(
            "elevator-119",
            "电梯119救援",
            "Elevator 119",
            Elevator119.class,
            Elevator119.getClassSchema(),
            Lane.LIFE_SAFETY,
            Duration.ofMinutes(30),
            Elevator119::getHeader,
            (event, place) -> Elevator119.newBuilder(event).setPlace(place).build());

    /** Vendor gateways up and down. */
    public static final Feed<GatewayStatus> GATEWAY = new Feed<>(
            "gateway",
            "厂商网关",
            "Vendor gateways",
            GatewayStatus.class,
            GatewayStatus.getClassSchema(),
            Lane.TELEMETRY,
            Duration.ofMinutes(5),
            GatewayStatus::getHeader,
            (event, place) -> GatewayStatus.newBuilder(event).setPlace(place).build());

    private static final List<Feed<?>> ALL = List.of(VIDEO_STATUS, DUST_SENSOR, BEIDOU_REPORT, ELEVATOR_119, GATEWAY);

    private static final Map<String, Feed<?>> BY_ID =
            ALL.stream().collect(Collectors.toUnmodifiableMap(Feed::id, Function.identity()));

    private Feeds() {}

    public static List<Feed<?>> all() {
        return ALL;
    }

    public static List<Feed<?>> of(Lane lane) {
        return ALL.stream().filter(feed -> feed.lane() == lane).toList();
    }

    public static Optional<Feed<?>> byId(String id) {
        return Optional.ofNullable(BY_ID.get(id));
    }
}
