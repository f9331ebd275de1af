package io.fengsui.ingest;

import io.fengsui.ingest.kafka.SlotBoard;
import io.fengsui.ingest.kafka.SlotGroup;
import io.fengsui.ingest.meter.IngestMeters;
import io.fengsui.ingest.meter.IngestMetrics;
import io.fengsui.ingest.mqtt.MqttSource;
import io.fengsui.ingest.mqtt.Slot;
import io.fengsui.schema.feed.Lane;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The lines of the slots that this bridge holds at the time: made when one is assigned, ended when it is given up. */
final class Lines implements SlotGroup.Holder {
    private static final Logger logger = LoggerFactory.getLogger(Lines.class);
    private static final long TURN_MILLIS = 100;

    /** For which telemetry waits at most. */
    private static final int HEAD_START_MILLIS = 5_000;

    private static final int LOOK_MILLIS = 20;

    /** Makes the line of a slot, not started. */
    interface Factory {
        /** @param note of the slot's former holder */
        Line line(Slot slot, String note);
    }

    private final Slots slots;
    private final Factory factory;
    private final Handover handover;
    private final SlotBoard board;
    private final Lease lease;
    private final Map<Slot, Line> held = new HashMap<>();

    /** What former lines of a slot counted. */
    private final Map<Slot, Map<IngestMeters, Long>> counted = new HashMap<>();

    Lines(Slots slots, Factory factory, Handover handover, SlotBoard board, Lease lease) {
        this.slots = slots;
        this.factory = factory;
        this.handover = handover;
        this.board = board;
        this.lease = lease;
    }

    void bind(IngestMetrics metrics) {
        for (Slot slot : slots.all()) {
            metrics.gauge(IngestMeters.HELD, slot, this, l -> l.of(slot).isPresent() ? 1 : 0);
            metrics.gauge(
                    IngestMeters.CONNECTED,
                    slot,
                    this,
                    l -> l.of(slot).filter(Line::isSubscribed).isPresent() ? 1 : 0);
            metrics.gauge(IngestMeters.IN_FLIGHT, slot, this, l -> l.of(slot)
                    .map(line -> line.source().inFlight())
                    .orElse(0));
            metrics.count(
                    IngestMeters.CONNECTIONS_LOST,
                    slot,
                    this,
                    l -> l.count(slot, IngestMeters.CONNECTIONS_LOST, MqttSource::connectionsLost));
            metrics.count(
                    IngestMeters.MESSAGES_LOST,
                    slot,
                    this,
                    l -> l.count(slot, IngestMeters.MESSAGES_LOST, MqttSource::messagesLost));
        }
    }

    synchronized Optional<Line> of(Slot slot) {
        return Optional.ofNullable(held.get(slot));
    }

    /** In the order of the slots. */
    synchronized List<Line> all() {
        return slots.all().stream().filter(held::containsKey).map(held::get).toList();
    }

    /**
     * Telemetry waits, for some seconds at most, until the life-safety slots of this bridge are subscribed and have no backlog:
     * after a start theirs is worked off by a machine, and compiled by a JVM, that has nothing else to do.
     */
    void awaitTurn(Slot slot) throws InterruptedException {
        int looks = slot.lane() == Lane.TELEMETRY ? HEAD_START_MILLIS / LOOK_MILLIS : 0;
        while (looks > 0
                && !isUrgentDone()
                && of(slot).filter(line -> !line.isEnding()).isPresent()) {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            looks--;
        }
    }

    private boolean isUrgentDone() {
        return all().stream()
                .filter(line -> line.slot().lane() == Lane.LIFE_SAFETY)
                .allMatch(Line::isCaughtUp);
    }

    private synchronized long count(Slot slot, IngestMeters meter, ToLongFunction<MqttSource> now) {
        Line line = held.get(slot);
        return counted.getOrDefault(slot, Map.of()).getOrDefault(meter, 0L)
                + (line == null ? 0 : now.applyAsLong(line.source()));
    }

    @Override
    public void assigned(Map<Integer, String> notes) {
        notes.forEach((partition, note) -> {
            if (partition < slots.all().size()) {
                start(slots.all().get(partition), note);
            }
        });
    }

    private void start(Slot slot, String note) {
        logger.info("{}: served by this bridge from now on", slot.clientId());
        handover.hold(slot);
        Line line = factory.line(slot, note);
        synchronized (this) {
            held.put(slot, line);
        }
        line.start();
    }

    @Override
    public void revoked(Set<Integer> partitions) {
        end(partitions, Line::close);
    }

    @Override
    public void lost(Set<Integer> partitions) {
        end(partitions, Line::abandon);
    }

    /** All at a time, while the group's turns go on. */
    private void end(Set<Integer> partitions, Consumer<Line> how) {
        List<Line> ending = all().stream()
                .filter(line -> partitions.contains(slots.partition(line.slot())))
                .toList();
        List<Thread> threads = new ArrayList<>();
        for (Line line : ending) {
            Thread thread =
                    new Thread(() -> how.accept(line), "ingest-" + line.slot().name() + "-end");
            thread.start();
            threads.add(thread);
        }
        try {
            for (Thread thread : threads) {
                while (thread.isAlive()) {
                    lease.renew();
                    thread.join(TURN_MILLIS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        ending.forEach(this::forget);
    }

    private void forget(Line line) {
        Slot slot = line.slot();
        synchronized (this) {
            held.remove(slot);
            Map<IngestMeters, Long> sums = counted.computeIfAbsent(slot, s -> new HashMap<>());
            sums.merge(IngestMeters.CONNECTIONS_LOST, line.source().connectionsLost(), Long::sum);
            sums.merge(IngestMeters.MESSAGES_LOST, line.source().messagesLost(), Long::sum);
        }
        handover.release(slot);
        board.forget(slots.partition(slot));
        logger.info("{}: served by this bridge no more", slot.clientId());
    }

    @Override
    public void turn() {
        board.turn();
        all().forEach(Line::takeBack);
        for (Handover.Mark mark : handover.due()) {
            of(mark.slot()).ifPresent(line -> {
                var unused = line.source().publish(mark.topic(), mark.payload(), Handover.Mark.TYPE);
            });
        }
    }
}
