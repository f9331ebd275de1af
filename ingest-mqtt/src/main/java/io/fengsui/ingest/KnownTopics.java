package io.fengsui.ingest;

import io.fengsui.schema.feed.Lane;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What MQTT topics say, remembered: devices publish on few topics again and again, and taking one apart costs as much as a
 * third of decoding a message. For one thread.
 */
final class KnownTopics {
    /** A device has one topic. What comes beyond is forgotten with all before it, and taken apart anew. */
    private static final int REMEMBERED = 10_000;

    /**
     * What a topic says.
     *
     * @param lane that handles it
     * @param ofRejections whether it is one on which vendors are told of rejections
     * @param address empty if it has another shape
     */
    record KnownTopic(Lane lane, boolean ofRejections, Optional<TopicAddress> address) {}

    private final Map<String, KnownTopic> byName = new HashMap<>();

    KnownTopic get(String topic) {
        KnownTopic known = byName.get(topic);
        return known != null ? known : learn(topic);
    }

    private KnownTopic learn(String topic) {
        if (byName.size() >= REMEMBERED) {
            byName.clear();
        }
        KnownTopic known =
                new KnownTopic(TopicAddress.laneOf(topic), TopicAddress.isOfRejections(topic), TopicAddress.of(topic));
        byName.put(topic, known);
        return known;
    }
}
