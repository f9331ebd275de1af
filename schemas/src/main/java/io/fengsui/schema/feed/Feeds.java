package io.fengsui.schema.feed;

import io.fengsui.event.BeidouReport;
import io.fengsui.event.DustSensor;
import io.fengsui.event.Elevator119;
import io.fengsui.event.FloodGauge;
import io.fengsui.event.GatewayStatus;
import io.fengsui.event.GridReport;
import io.fengsui.event.Medical120;
import io.fengsui.event.Police110;
import io.fengsui.event.VideoStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;

/**
 * All feeds (design 4.1), in the order in which people are shown them. A new feed is one line in {@link #ALL}; a constant only
 * where code has to name it. CONTRIBUTING.md has the recipe.
 */
public final class Feeds {
    /** Camera and recorder state, GB/T 28181. */
    public static final Feed<VideoStatus> VIDEO_STATUS = Feed.of(VideoStatus.class);

    /** Heartbeat and readings of dust collectors. */
    public static final Feed<DustSensor> DUST_SENSOR = Feed.of(DustSensor.class);

    /** Direct disaster reports by Beidou short message; minutes in transit are normal. */
    public static final Feed<BeidouReport> BEIDOU_REPORT = Feed.of(BeidouReport.class);

    /** Work orders of the elevator-119 rescue centre. */
    public static final Feed<Elevator119> ELEVATOR_119 = Feed.of(Elevator119.class);

    /** Vendor gateways up and down. */
    public static final Feed<GatewayStatus> GATEWAY = Feed.of(GatewayStatus.class);

    private static final List<Feed<?>> ALL = List.of(
            VIDEO_STATUS, //
            DUST_SENSOR,
            BEIDOU_REPORT,
            ELEVATOR_119,
            Feed.of(FloodGauge.class),
            Feed.of(Police110.class),
            Feed.of(Medical120.class),
            Feed.of(GridReport.class),
            GATEWAY);

    private static final Map<String, Feed<?>> BY_ID =
            ALL.stream().collect(Collectors.toUnmodifiableMap(Feed::id, Function.identity()));

    private Feeds() {}

    public static List<Feed<?>> all() {
        return ALL;
    }

    public static List<Feed<?>> of(Lane lane) {
        return ALL.stream().filter(feed -> feed.lane() == lane).toList();
    }

    /** The feed of a record, for code that knows the record. */
    @SuppressWarnings("unchecked")
    public static <T extends SpecificRecord> Feed<T> of(Class<T> type) {
        return (Feed<T>) ALL.stream()
                .filter(feed -> feed.type().equals(type))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(type + " is the record of no feed"));
    }

    public static Optional<Feed<?>> byId(String id) {
        return Optional.ofNullable(BY_ID.get(id));
    }
}
