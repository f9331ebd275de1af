package io.fengsui.standalone.conformance;

import io.fengsui.ingest.RejectionNotices;
import io.fengsui.ingest.TopicAddress;
import io.fengsui.ingest.decode.Body;
import io.fengsui.ingest.decode.DecodeException;
import io.fengsui.ingest.decode.EventId;
import io.fengsui.ingest.kafka.DeadLetters.Refused;
import io.fengsui.schema.rejection.Rejection;
import io.fengsui.standalone.conformance.observe.Journal.Plan;
import io.fengsui.standalone.conformance.observe.Observation;
import io.fengsui.standalone.conformance.observe.Observation.Acknowledgement;
import io.fengsui.standalone.conformance.observe.Observation.Closed;
import io.fengsui.standalone.conformance.observe.Observation.Message;
import io.fengsui.standalone.conformance.observe.Observation.Notice;
import io.fengsui.standalone.conformance.observe.Observation.Subscription;
import io.fengsui.standalone.conformance.observe.Reading;
import io.fengsui.standalone.conformance.proxy.Watcher;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what is seen and does what the plan allows: cuts a connection while a message is under way, and afterwards
 * tells the client that a message was refused, which it was not. Safe for use by two threads.
 */
final class Watch implements Watcher {
    /** Beyond it messages pass unjudged, so that memory stays bounded. */
    private static final int MAX_OBSERVATIONS = 100_000;

    /** Messages that a connection must have got through before it is disturbed. */
    private static final int SETTLED = 2;

    private static final String KIT = "fengsui-kit";

    /** A packet id is its connection's. */
    private record Packet(int link, int id) {}

    private final Plan plan;
    private final List<Observation> observations = new ArrayList<>();
    private final Map<Integer, Integer> acknowledged = new HashMap<>();
    private final Map<Packet, Message> underWay = new HashMap<>();
    private int cuts;
    private boolean told;
    private boolean listens;
    private boolean full;

    Watch(Plan plan) {
        this.plan = plan;
    }

    @Override
    public synchronized void saw(Observation observation, Link link) {
        if (observations.size() >= MAX_OBSERVATIONS) {
            full = true;
            return;
        }
        observations.add(observation);
        if (observation instanceof Message message && message.qos() == 1) {
            cutOrRemember(message, link);
        } else if (observation instanceof Acknowledgement ack) {
            acknowledged.merge(ack.link(), 1, Integer::sum);
            provoke(ack, link);
        } else if (observation instanceof Subscription subscription) {
            listens |= subscription.filters().stream().anyMatch(TopicAddress::isOfRejections);
        } else if (observation instanceof Closed closed) {
            underWay.keySet().removeIf(packet -> packet.link() == closed.link());
        }
    }

    private void cutOrRemember(Message message, Link link) {
        underWay.put(new Packet(message.link(), message.packetId()), message);
        if (cuts < plan.cuts() && acknowledged.getOrDefault(message.link(), 0) >= SETTLED) {
            cuts++;
            link.cut();
        }
    }

    private void provoke(Acknowledgement ack, Link link) {
        @Nullable Message message = underWay.remove(new Packet(ack.link(), ack.packetId()));
        boolean due = plan.provokes() && !told && listens && cuts == plan.cuts();
        if (due && message != null && acknowledged.getOrDefault(ack.link(), 0) >= SETTLED) {
            notice(message.reading(), ack.at()).ifPresent(payload -> {
                told = true;
                Reading reading = message.reading();
                observations.add(new Notice(ack.at(), ack.link(), null, null, reading.fingerprint(), true));
                link.tell(TopicAddress.rejectionsOf(reading.vendor(), reading.deviceId()), payload);
            });
        }
    }

    /** As the bridge writes it; the detail says whose it is. Empty for a message whose topic is not told. */
    private static Optional<byte[]> notice(Reading reading, Instant now) {
        return TopicAddress.of(reading.topic())
                .filter(address -> !reading.refused())
                .map(address -> RejectionNotices.json(new Refused(
                        reading.topic(),
                        address.feedId(),
                        address.vendor(),
                        address.deviceId(),
                        null,
                        messageId(reading, address),
                        new Body(new byte[0]),
                        now,
                        KIT,
                        new DecodeException(
                                Rejection.CONTRADICTION,
                                "made by 'fengsui vendor check' to see the reaction; the message itself was taken"))));
    }

    private static @Nullable String messageId(Reading reading, TopicAddress address) {
        return reading.messageId() == null
                ? null
                : Objects.requireNonNull(reading.eventId())
                        .substring(EventId.of(address.vendor(), address.deviceId(), "")
                                .length());
    }

    synchronized List<Observation> observations() {
        return List.copyOf(observations);
    }

    synchronized boolean isFull() {
        return full;
    }
}
