package io.fengsui.standalone.bench.absence;

import io.fengsui.event.EventHeader;
import io.fengsui.event.EventSource;
import io.fengsui.event.EventStatus;
import io.fengsui.event.SiteKind;
import io.fengsui.event.VideoReportKind;
import io.fengsui.event.VideoState;
import io.fengsui.event.VideoStatus;
import io.fengsui.reference.Device;
import io.fengsui.reference.Parameter;
import io.fengsui.reference.ParameterScope;
import io.fengsui.reference.Site;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.topic.Realm;
import io.fengsui.seeds.SeedSet;
import io.fengsui.streams.device.DeviceKey;
import io.fengsui.streams.device.DeviceState;
import io.fengsui.streams.device.EventJudge;
import io.fengsui.streams.device.RecentIds;
import io.fengsui.streams.reference.ReferenceView;
import io.fengsui.streams.route.UnitRouter;
import io.fengsui.streams.rule.RuleBook;
import io.fengsui.streams.rule.RuleEngine;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** So many cameras of the city's hazard sites, with the rules that are shipped. Number n beats n-th within an interval. */
final class Cameras {
    static final Feed<VideoStatus> FEED = Feeds.VIDEO_STATUS;

    /** As many as a state keeps of a device that speaks once a minute. */
    private static final int KNOWN_BEATS = RecentIds.AT_LEAST;

    private static final String PREFIX = "3205830042132";

    /** Serial numbers have seven digits; made by hand, since a benchmark makes millions. */
    private static final int NUMBERS = 10_000_000;

    private static final String VENDOR = "video-west";
    private static final String GATEWAY = "gw-video-gaoxinqu";
    private static final String MISSED = "videoMissedHeartbeats";

    private final int count;
    private final Duration interval;
    private final int missed;
    private final List<Site> sites;
    private final ReferenceView reference;
    private final RuleBook rules = new RuleBook(feed -> {
        throw new IllegalStateException("the rules of " + feed + " do not compile");
    });

    /**
     * @param interval of heartbeats as the reference data has it, whole seconds
     * @param missed heartbeats until a camera counts as silent
     */
    Cameras(SeedSet seeds, int count, Duration interval, int missed) {
        this.count = count;
        this.interval = interval;
        this.missed = missed;
        this.sites = seeds.sites().values().stream()
                .filter(s -> s.getKind() == SiteKind.MAJOR_HAZARD || s.getKind() == SiteKind.DUST_EXPLOSION)
                .toList();
        this.reference = ReferenceView.of(
                seeds.units().values(),
                seeds.sites().values(),
                List.of(),
                seeds.routes().values(),
                seeds.parameters().values());
        reference.putParameter(
                SeedSet.ANY,
                Parameter.newBuilder()
                        .setScope(ParameterScope.CITY)
                        .setId(SeedSet.ANY)
                        .setName(MISSED)
                        .setValue(missed)
                        .setSource("benchmark")
                        .build());
        for (int i = 0; i < count; i++) {
            reference.putDevice(id(i), device(i));
        }
        seeds.rules().forEach(rules::accept);
    }

    int count() {
        return count;
    }

    Duration interval() {
        return interval;
    }

    /** Silence for so long is an alert. */
    Duration timeout() {
        return interval.multipliedBy(missed);
    }

    ReferenceView reference() {
        return reference;
    }

    RuleBook rules() {
        return rules;
    }

    /** 20 digits, as GB/T 28181 has it: centre, industry, type, serial number. */
    static String id(int number) {
        return PREFIX + Integer.toString(NUMBERS + number).substring(1);
    }

    static int number(String id) {
        return Integer.parseInt(id.substring(PREFIX.length()));
    }

    static String key(int number) {
        return new DeviceKey(Realm.LIVE, id(number)).text();
    }

    private Device device(int number) {
        return Device.newBuilder()
                .setDeviceId(id(number))
                .setVendor(VENDOR)
                .setFeed(FEED.id())
                .setType("camera")
                .setName("样例摄像机-" + number)
                .setSiteId(sites.get(number % sites.size()).getSiteId())
                .setGatewayId(GATEWAY)
                .setHeartbeatSeconds((int) interval.toSeconds())
                .build();
    }

    /** A keepalive, 40 ms on its way. */
    VideoStatus heartbeat(int number, Instant receivedAt) {
        String id = id(number);
        return VideoStatus.newBuilder()
                .setHeader(EventHeader.newBuilder()
                        .setEventId(eventId(id, receivedAt))
                        .setVendor(VENDOR)
                        .setDeviceId(id)
                        .setEventTime(receivedAt.minusMillis(40))
                        .setReceivedAt(receivedAt)
                        .setStatus(EventStatus.ACTUAL)
                        .setSource(EventSource.newBuilder()
                                .setMqttTopic("fengsui/v1/" + VENDOR + "/" + FEED.id() + "/" + id)
                                .setFormat("json")
                                .setBridge("fengsui-bridge-telemetry")
                                .build())
                        .build())
                .setKind(VideoReportKind.KEEPALIVE)
                .setState(VideoState.ON)
                .build();
    }

    private static String eventId(String id, Instant receivedAt) {
        return VENDOR + "/" + id + "/" + receivedAt.toEpochMilli();
    }

    /** A camera's place in the interval. */
    Duration phase(int number) {
        return Duration.ofNanos(interval.toNanos() / count * number);
    }

    /** Makes the states of cameras that have beaten for long, the last time in the interval before a time. */
    States statesBefore(Instant time) {
        EventJudge judge =
                new EventJudge(reference, new UnitRouter(reference, topic -> true), rules, new RuleEngine(() -> {}));
        return number -> {
            DeviceState state = new DeviceState(FEED.id());
            String id = id(number);
            Instant last = time.minus(interval).plus(phase(number));
            for (int beat = KNOWN_BEATS - 1; beat > 0; beat--) {
                Instant at = last.minus(interval.multipliedBy(beat));
                state.recentIds().add(RecentIds.hash(eventId(id, at)), at.toEpochMilli());
            }
            VideoStatus event = heartbeat(number, last);
            judge.judge(FEED, event, event.getHeader(), state, last);
            return state;
        };
    }

    /** The state of a camera by its number. */
    @FunctionalInterface
    interface States {
        DeviceState of(int number);
    }
}
