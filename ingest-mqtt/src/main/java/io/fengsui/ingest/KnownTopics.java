package io.fengsui.ingest;

import io.fengsui.ingest.mqtt.Slot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What MQTT topics say to one slot, remembered: devices publish on few topics again and again, and taking one apart costs as
 * much as a third of decoding a message. For one thread.
 */
final class KnownTopics {
    /** A device has one topic. What comes beyond is forgotten with all before it, and taken apart anew. */
    private static final int REMEMBERED = 10_000;

    /**
     * What a topic says.
     *
     * @param seeing slots that see its messages, the most specific first
     * @param place of this slot among them; -1 if it is no matter of this slot
     * @param ofRejections whether it is one on which vendors are told of rejections
     * @param address empty if it has another shape
     */
    record KnownTopic(List<Slot> seeing, int place, boolean ofRejections, Optional<TopicAddress> address) {

        /** Slots that are to handle its messages before this one. */
        List<Slot> moreSpecific() {
            return seeing.subList(0, Math.max(0, place));
        }

        boolean isOfThisSlot() {
            return place >= 0;
        }
    }

    private final Slots slots;
    private final Slot own;
    private final Map<String, KnownTopic> byName = new HashMap<>();

    KnownTopics(Slots slots, Slot own) {
        this.slots = slots;
        this.own = own;
    }

    KnownTopic get(String topic) {
        KnownTopic known = byName.get(topic);
        return known != null ? known : learn(topic);
    }

    private KnownTopic learn(String topic) {
        if (byName.size() >= REMEMBERED) {
            byName.clear();
        }
        List<Slot> seeing = slots.seeing(topic);
        KnownTopic known =
                new KnownTopic(seeing, seeing.indexOf(own), TopicAddress.isOfRejections(topic), TopicAddress.of(topic));
        byName.put(topic, known);
        return known;
    }
}
