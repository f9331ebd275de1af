package io.fengsui.ingest;

import io.fengsui.event.EventHeader;
import io.fengsui.ingest.Admission.Sender;
import io.fengsui.ingest.Handover.Reliance;
import io.fengsui.ingest.KnownTopics.KnownTopic;
import io.fengsui.ingest.decode.Body;
import io.fengsui.ingest.decode.DecodeException;
import io.fengsui.ingest.decode.Report;
import io.fengsui.ingest.kafka.DeadLetters;
import io.fengsui.ingest.kafka.DeadLetters.Refused;
import io.fengsui.ingest.kafka.RecordSink;
import io.fengsui.ingest.kafka.RecordSink.Outcome;
import io.fengsui.ingest.meter.IngestMetrics;
import io.fengsui.ingest.mqtt.InboundMessage;
import io.fengsui.ingest.mqtt.Slot;
import io.fengsui.ingest.partial.PendingParts;
import io.fengsui.ingest.partial.Taken;
import io.fengsui.ops.PartialMessage;
import io.fengsui.platform.BareFailure;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.rejection.Rejection;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * READ THIS FIRST: what happens to one message, from arrival to acknowledgement.
 *
 * <p>A message is either decoded, and its events are written to the feed's topic, or refused, and a dead letter with its
 * reason and bytes is written instead. Once Kafka has that, and not before, the message is acknowledged; a refused one is
 * told to its vendor. If Kafka does not take it, the message fails: its connection is dropped, and it comes again, with
 * all that followed it, in the same order. There is no third way, so nothing is lost, and what is doubled has the same
 * event id.
 *
 * <p>What begins a frame and has no end in its message is kept as a part ({@link PendingParts}) until the end comes, and a
 * dead letter if it does not.
 *
 * <p>A message that another slot has is acknowledged unread, and kept for some seconds: if that slot's session was lost just
 * before, it is handled after all ({@link #takeBack}).
 *
 * <p>One message is handled at a time, by whatever thread; what is written is completed by the sink's threads.
 */
final class Bridge implements Consumer<InboundMessage> {
    private static final Logger logger = LoggerFactory.getLogger(Bridge.class);

    private final KnownTopics topics;
    private final Slot slot;
    private final Handover handover;
    private final DeviceRegistry devices;
    private final Admission admission;
    private final PendingParts parts;
    private final RecordSink sink;
    private final DeadLetters deadLetters;
    private final RejectionNotices notices;
    private final IngestMetrics metrics;
    private final InstantSource clock;
    private final PassedOver passedOver = new PassedOver();
    private final ReentrantLock turn = new ReentrantLock();

    Bridge(
            Slots slots,
            Slot slot,
            Handover handover,
            DeviceRegistry devices,
            PendingParts parts,
            RecordSink sink,
            RejectionNotices notices,
            IngestMetrics metrics,
            InstantSource clock) {
        this.topics = new KnownTopics(slots, slot);
        this.slot = slot;
        this.handover = handover;
        this.devices = devices;
        this.admission = new Admission(devices);
        this.parts = parts;
        this.sink = sink;
        this.deadLetters = new DeadLetters(sink);
        this.notices = notices;
        this.metrics = metrics;
        this.clock = clock;
    }

    @Override
    public void accept(InboundMessage message) {
        turn.lock();
        try {
            KnownTopic topic = topics.get(message.topic());
            if (message.ofBridge() && topic.ofRejections()) {
                metrics.passedOver(slot.lane());
                message.ack(() -> handover.ofBridge(slot, message));
            } else if (!topic.isOfThisSlot()) {
                metrics.passedOver(slot.lane());
                message.ack();
            } else {
                acceptOwn(message, topic);
            }
        } finally {
            turn.unlock();
        }
    }

    private void acceptOwn(InboundMessage message, KnownTopic topic) {
        @Nullable Reliance another = handover.whoHas(slot, topic);
        if (another != null) {
            metrics.passedOver(slot.lane());
            passedOver.add(message, another);
            message.ack();
        } else {
            if (topic.place() > 0) {
                // What is older goes first.
                handleAfterAll(message::fail);
            }
            handle(message, topic);
        }
    }

    /**
     * Handles what was passed over for a session that was lost, as was heard since. To be called now and then.
     *
     * @param failed told why Kafka does not take it; what is not taken stays for the next call
     */
    void takeBack(Consumer<String> failed) {
        // Whoever is being handed a message comes back to it as well.
        if (!passedOver.isEmpty() && turn.tryLock()) {
            try {
                handleAfterAll(failed);
            } finally {
                turn.unlock();
            }
        }
    }

    private void handleAfterAll(Consumer<String> failed) {
        for (InboundMessage message : passedOver.takeBack(handover::stillHolds, clock.instant())) {
            logger.debug("{}: {} is handled after all", slot.clientId(), message.topic());
            handle(message.again(new AfterAll(message, failed)), topics.get(message.topic()));
        }
    }

    private void handle(InboundMessage message, KnownTopic topic) {
        Optional<TopicAddress> address = topic.address();
        metrics.received(slot.lane(), feedOrNull(address), message.redelivered());
        try {
            take(message, topic);
        } catch (DecodeException e) {
            refuse(message, address, e);
        } catch (RuntimeException e) {
            // Ours to mend; but thrown again at each delivery it would stop everything behind it.
            logger.error(
                    "A message on {} is kept as a dead letter: it could not be processed",
                    message.topic(),
                    devices.keeper(message.topic()).isPresent() ? new BareFailure(e) : e);
            refuse(message, address, new DecodeException(Rejection.DECODING_FAILED, e.toString()));
        }
    }

    private void take(InboundMessage message, KnownTopic topic) {
        Sender sender = admission.sender(
                message.topic(), topic.address(), message.payload(), message.messageId(), message.receivedAt());
        Feed<?> feed = sender.feed();
        boolean secondCopy = handover.isSecondCopy(slot, topic, message);
        forward(
                message,
                sender.address(),
                feed,
                sender.report(
                        message.topic(),
                        message.messageId(),
                        message.redelivered() || secondCopy,
                        message.receivedAt(),
                        slot.clientId(),
                        message.payload()));
    }

    private <T extends SpecificRecord> void forward(
            InboundMessage message, TopicAddress address, Feed<T> feed, Report report) {
        parts.take(
                feed, message.contentType(), report, taken -> write(message, address, feed, report.deviceId(), taken));
    }

    private <T extends SpecificRecord> void write(
            InboundMessage message, TopicAddress address, Feed<T> feed, String deviceId, Taken<T> taken) {
        Countdown countdown = new Countdown(taken.records(), () -> done(message));
        writePart(message, deviceId, taken, countdown);
        for (T event : taken.events()) {
            EventHeader header = feed.header(event);
            Realm realm = Realm.of(header.getStatus());
            metrics.unknownFields(feed, header.getSource().getUnknownFields());
            sink.send(Topics.feed(realm, feed), deviceId, event, (outcome, why) -> {
                switch (outcome) {
                    case WRITTEN -> {
                        metrics.accepted(feed, realm);
                        metrics.deviceLag(slot.lane(), realm, Duration.between(header.getEventTime(), clock.instant()));
                        countdown.one();
                    }
                    case REFUSED ->
                        refuse(
                                message,
                                Optional.of(address),
                                new DecodeException(Rejection.OVERSIZED, "Kafka takes no record of it: " + why));
                    case UNWRITABLE ->
                        refuse(
                                message,
                                Optional.of(address),
                                new DecodeException(Rejection.DECODING_FAILED, "no record of it can be made: " + why));
                    case UNAVAILABLE -> fail(message, why);
                }
            });
        }
    }

    /** What begins a frame and has no end is kept before the message may be acknowledged. */
    private void writePart(InboundMessage message, String deviceId, Taken<?> taken, Countdown countdown) {
        RecordSink.Completion written = (outcome, why) -> {
            if (outcome == Outcome.WRITTEN) {
                countdown.one();
            } else {
                fail(message, why);
            }
        };
        @Nullable PartialMessage record = taken.record();
        if (record != null) {
            sink.send(Topics.PARTIAL, deviceId, record, written);
        }
        @Nullable PartialMessage givenUp = taken.givenUp();
        if (givenUp != null) {
            Refused refused = PartTimeouts.refused(deviceId, givenUp);
            @Nullable Feed<?> keeper = devices.keeper(message.topic()).orElse(null);
            deadLetters.keep(Topics.deadLetter(keeper), refused, (outcome, why) -> {
                if (outcome == Outcome.WRITTEN) {
                    metrics.deadLettered(Feeds.byId(givenUp.getFeed()).orElse(null), Rejection.TRUNCATED);
                }
                written.completed(outcome, why);
            });
        }
    }

    private void refuse(InboundMessage message, Optional<TopicAddress> address, DecodeException reason) {
        @Nullable Feed<?> feed = feedOrNull(address);
        @Nullable Feed<?> keeper = devices.keeper(message.topic()).orElse(null);
        Refused refused = new Refused(
                message.topic(),
                feed == null ? null : feed.id(),
                address.map(TopicAddress::vendor).orElse(null),
                address.map(TopicAddress::deviceId).orElse(null),
                message.contentType(),
                message.messageId(),
                new Body(message.payload()),
                message.receivedAt(),
                slot.clientId(),
                keeper == null ? reason : reason.unquoted());
        deadLetters.keep(Topics.deadLetter(keeper), refused, (outcome, why) -> {
            if (outcome == Outcome.WRITTEN) {
                metrics.deadLettered(feed, reason.reason());
                done(message);
                notices.send(refused);
            } else {
                fail(message, why);
            }
        });
    }

    private void done(InboundMessage message) {
        message.ack();
        metrics.acknowledged(slot.lane());
        metrics.latency(slot.lane(), Duration.between(message.receivedAt(), clock.instant()));
    }

    private void fail(InboundMessage message, @Nullable String why) {
        metrics.failed(slot.lane());
        message.fail("Kafka did not take a record: " + why);
    }

    private static @Nullable Feed<?> feedOrNull(Optional<TopicAddress> address) {
        return address.flatMap(TopicAddress::feed).orElse(null);
    }

    /** The broker has its acknowledgement already; what is left is to write it. */
    private final class AfterAll implements InboundMessage.Settlement {
        private final InboundMessage message;
        private final Consumer<String> failed;

        AfterAll(InboundMessage message, Consumer<String> failed) {
            this.message = message;
            this.failed = failed;
        }

        @Override
        public void done(Runnable then) {
            passedOver.written(message);
            then.run();
        }

        @Override
        public void failed(String why) {
            passedOver.failed(message);
            failed.accept(why);
        }
    }
}
