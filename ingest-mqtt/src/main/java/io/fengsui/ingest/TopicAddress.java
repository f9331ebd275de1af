package io.fengsui.ingest;

import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What an MQTT topic says: {@code fengsui/v1/<vendor>/<feed>/<deviceId>}.
 *
 * @param vendor equals the publisher's user name; the broker sees to it
 * @param feedId id of a feed, perhaps of none
 * @param deviceId letters, digits, '-', '_' and '.', at most 64
 */
public record TopicAddress(String vendor, String feedId, String deviceId) {
    private static final String ROOT = "fengsui";
    private static final String VERSION = "v1";
    private static final String REJECTED = "rejected";
    private static final int LEVELS = 5;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    /** Empty if the topic has another shape, or is of rejections: no device publishes there. */
    public static Optional<TopicAddress> of(String topic) {
        String[] levels = levels(topic);
        return hasShape(levels) && !levels[3].equals(REJECTED) && isName(levels[2]) && isName(levels[4])
                ? Optional.of(new TopicAddress(levels[2], levels[3], levels[4]))
                : Optional.empty();
    }

    /** Where rejections of a device's messages are published. */
    public static String rejectionsOf(String vendor, String deviceId) {
        return String.join("/", ROOT, VERSION, vendor, REJECTED, deviceId);
    }

    /** Whether it is a topic of rejections, whoever published on it. */
    public static boolean isOfRejections(String topic) {
        String[] levels = levels(topic);
        return levels.length >= LEVELS - 1
                && levels[0].equals(ROOT)
                && levels[1].equals(VERSION)
                && levels[3].equals(REJECTED);
    }

    /** What a topic of a feed's shape says, whatever vendor and device are, as long as they are something. */
    static Optional<TopicAddress> levelsOfAFeed(String topic) {
        String[] levels = levels(topic);
        return hasShape(levels) && !levels[2].isEmpty() && !levels[4].isEmpty()
                ? Optional.of(new TopicAddress(levels[2], levels[3], levels[4]))
                : Optional.empty();
    }

    /** Whether it may be a vendor's or a device's name. */
    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    public Optional<Feed<?>> feed() {
        return Feeds.byId(feedId);
    }

    private static boolean hasShape(String[] levels) {
        return levels.length == LEVELS && levels[0].equals(ROOT) && levels[1].equals(VERSION);
    }

    private static String[] levels(String topic) {
        return topic.split("/", -1);
    }
}
