package io.fengsui.ingest;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.ingest.KnownTopics.KnownTopic;
import io.fengsui.ingest.kafka.InMemoryRecordSink;
import io.fengsui.ingest.mqtt.InboundMessage;
import io.fengsui.ingest.mqtt.Slot;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Three slots that see one topic, at one bridge or at several; whatever happens, somebody handles every message. */
class HandoverTest {
    private static final Instant NOW = Instant.parse("2026-11-23T00:00:00Z");
    private static final String TOPIC = "fengsui/v1/west/video-status/c-1";
    private static final Slots SLOTS = Slots.of("b", List.of("video-status", "video-status@west"));

    /** What may happen, at the slot of that number, the most specific first. */
    enum What {
        PUBLISH,
        DELIVER,
        FINISH,
        FINISH_UNHEARD,
        HEAR,
        MARK,
        KILL,
        LOSE_SESSION,
        LOSE_SESSION_UNNOTICED,
        LOSE_ALL_SESSIONS,
        CUT,
        CONNECT
    }

    private static final Set<What> LOSING =
            EnumSet.of(What.CUT, What.LOSE_SESSION, What.LOSE_SESSION_UNNOTICED, What.LOSE_ALL_SESSIONS);

    record Step(What what, int at) {}

    /** Mostly what happens all day, now and then what should not. */
    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<What> what = Arbitraries.frequency(
                Tuple.of(8, What.PUBLISH),
                Tuple.of(12, What.DELIVER),
                Tuple.of(10, What.FINISH),
                Tuple.of(1, What.FINISH_UNHEARD),
                Tuple.of(4, What.HEAR),
                Tuple.of(4, What.MARK),
                Tuple.of(3, What.KILL),
                Tuple.of(1, What.LOSE_SESSION),
                Tuple.of(2, What.LOSE_SESSION_UNNOTICED),
                Tuple.of(1, What.LOSE_ALL_SESSIONS),
                Tuple.of(2, What.CUT),
                Tuple.of(6, What.CONNECT));
        return what.flatMap(kind -> Arbitraries.integers().between(0, 2).map(at -> new Step(kind, at)))
                .list()
                .ofMinSize(10)
                .ofMaxSize(80);
    }

    /** Which bridge holds each slot. */
    @Provide
    Arbitrary<List<Integer>> bridges() {
        return Arbitraries.of(List.of(0, 1, 2), List.of(0, 0, 0), List.of(0, 0, 1), List.of(0, 1, 0), List.of(0, 1, 1));
    }

    @Property(tries = 8_000)
    void shouldLetNoMessageFallBetweenTheSlots(
            @ForAll("steps") List<Step> steps, @ForAll("bridges") List<Integer> bridges) {
        City city = new City(bridges);
        steps.forEach(city::apply);
        city.settle();

        city.published.removeAll(city.gone);
        assertThat(city.handled).containsAll(city.published);
    }

    @Property(tries = 2_000)
    void shouldHandleOnceAfterAKillOnceAllIsSettled(
            @ForAll("steps") List<Step> steps, @ForAll("bridges") List<Integer> bridges) {
        City city = new City(bridges);
        steps.forEach(city::apply);
        city.settle();
        city.handlings = 0;

        city.apply(new Step(What.KILL, 0));
        city.apply(new Step(What.PUBLISH, 0));
        city.apply(new Step(What.PUBLISH, 0));
        city.settle();

        assertThat(city.handlings).isEqualTo(2);
    }

    /** Readers see a message where it was handled first. A connection that is lost, and its holder not, may change the order. */
    @Property(tries = 8_000)
    void shouldKeepTheOrderWhenBridgesAreKilled(
            @ForAll("steps") List<Step> steps, @ForAll("bridges") List<Integer> bridges) {
        City city = new City(bridges);
        steps.stream().filter(step -> !LOSING.contains(step.what())).forEach(city::apply);
        city.settle();

        assertThat(List.copyOf(city.handled)).isSorted();
    }

    /** A message, or a mark if its session is not empty. */
    private record Queued(int id, Slot of, String session) {}

    /** What a slot was given and has not finished, and whether another has it. */
    private record Given(Queued queued, boolean passedOver) {}

    /** A process: all that it holds is gone with it. */
    private record Bridge(Handover handover, InMemorySlots.Board board) {}

    /** A slot's session at the broker, and the bridge that holds it. */
    private static final class Post {
        private final Slot slot;
        private final int place;
        private final Deque<Queued> queue = new ArrayDeque<>();
        private final Deque<Given> inFlight = new ArrayDeque<>();

        /** Finished, but the broker has not heard of it: it comes again. */
        private final Deque<Queued> unheard = new ArrayDeque<>();

        private PassedOver passedOver = new PassedOver();
        private boolean session;
        private boolean connected;
        private Bridge bridge;
        private Tenure tenure;

        private Post(Slot slot, int place) {
            this.slot = slot;
            this.place = place;
        }

        /** Whether it is still to be handled here. */
        private boolean has(int id) {
            return Stream.of(queue, unheard).flatMap(Deque::stream).anyMatch(queued -> queued.id() == id)
                    || inFlight.stream()
                            .anyMatch(given ->
                                    !given.passedOver() && given.queued().id() == id);
        }

        /** The broker sends again, and first, what it has not heard to be acknowledged. */
        private void disconnect() {
            connected = false;
            while (!inFlight.isEmpty()) {
                queue.addFirst(inFlight.removeLast().queued());
            }
            while (!unheard.isEmpty()) {
                queue.addFirst(unheard.removeLast());
            }
        }
    }

    /** A broker, the notes in Kafka, and the bridges. */
    private static final class City {
        private final InMemorySlots kafka = new InMemorySlots();
        private final List<Post> posts;
        private final Set<Integer> published = new HashSet<>();
        private final Set<Integer> handled = new LinkedHashSet<>();

        /** What the broker lost with a session that had it. */
        private final Set<Integer> gone = new HashSet<>();

        private int handlings;
        private int messages;
        private int sessions;
        private Instant now = NOW;

        City(List<Integer> bridges) {
            List<Slot> slots = SLOTS.seeing(TOPIC);
            posts = IntStream.range(0, slots.size())
                    .mapToObj(i -> new Post(slots.get(i), bridges.get(i)))
                    .toList();
            bridges.stream().distinct().forEach(this::succeed);
            // As a city is for most of its time: marks are reached, and the general slots pass over.
            settle();
        }

        void apply(Step step) {
            Post post = posts.get(step.at());
            switch (step.what()) {
                case PUBLISH -> publish();
                case DELIVER -> deliver(post);
                case FINISH -> finish(post, true);
                case FINISH_UNHEARD -> finish(post, false);
                case HEAR -> post.bridge.board().hearNext(post.bridge.handover());
                case MARK -> mark(post);
                case KILL -> succeed(post.place);
                case LOSE_SESSION -> loseSession(post);
                case LOSE_SESSION_UNNOTICED -> empty(post);
                case LOSE_ALL_SESSIONS -> loseAllSessions(post);
                case CUT -> cut(post);
                case CONNECT -> connect(post);
            }
        }

        /** Its holder says so before anything else happens. */
        private void loseSession(Post post) {
            if (post.connected) {
                empty(post);
                cut(post);
                hearAll();
            }
        }

        private void empty(Post post) {
            post.session = false;
            Stream.of(post.queue, post.unheard).flatMap(Deque::stream).forEach(queued -> gone.add(queued.id()));
            post.inFlight.forEach(given -> gone.add(given.queued().id()));
            post.queue.clear();
            post.unheard.clear();
            post.inFlight.clear();
        }

        /** A broker starts without its data. Connections end with it; this slot's holder is the first to notice. */
        private void loseAllSessions(Post first) {
            posts.forEach(this::empty);
            cut(first);
        }

        private void publish() {
            int id = messages++;
            for (Post post : posts) {
                if (post.session) {
                    published.add(id);
                    post.queue.add(new Queued(id, post.slot, ""));
                }
            }
        }

        private void mark(Post post) {
            posts.stream().filter(of -> of.place == post.place).forEach(this::takeBack);
            for (Handover.Mark mark : post.bridge.handover().due()) {
                // As the bridge does: what cannot be published now is given up, also where it is not known yet.
                posts.stream()
                        .filter(of -> of.slot.equals(mark.slot()) && of.connected && of.session)
                        .forEach(of -> publish(mark));
            }
        }

        private void publish(Handover.Mark mark) {
            SLOTS.moreGeneralThan(mark.slot()).forEach(general -> posts.stream()
                    .filter(other -> other.slot.equals(general) && other.session)
                    .forEach(other -> other.queue.add(new Queued(-1, mark.slot(), mark.session()))));
        }

        private boolean deliver(Post post) {
            Queued next = post.connected ? post.queue.poll() : null;
            if (next != null) {
                Handover.Reliance another = post.bridge.handover().whoHas(post.slot, topic(post));
                boolean mark = !next.session().isEmpty();
                post.inFlight.add(new Given(next, mark || another != null));
                if (!mark && another != null) {
                    post.passedOver.add(message(TOPIC, Integer.toString(next.id())), another);
                } else if (!mark) {
                    takeBack(post);
                }
            }
            return next != null;
        }

        private void takeBack(Post post) {
            if (post.connected) {
                post.passedOver
                        .takeBack(post.bridge.handover()::stillHolds, now)
                        .forEach(message -> {
                            handle(id(message));
                            post.passedOver.written(message);
                        });
            }
        }

        private void handle(int id) {
            handled.add(id);
            handlings++;
        }

        /** Kafka has it, and it is acknowledged; the broker may hear of that, or of none from here on. */
        private boolean finish(Post post, boolean heard) {
            Given next = post.connected ? post.inFlight.poll() : null;
            if (next == null) {
                return false;
            }
            Queued queued = next.queued();
            if (!heard || !post.unheard.isEmpty()) {
                post.unheard.add(queued);
            }
            if (!queued.session().isEmpty()) {
                String topic = TopicAddress.rejectionsOf("b", queued.of().name());
                post.bridge.handover().ofBridge(post.slot, message(topic, queued.session()));
            } else if (!next.passedOver()) {
                handle(queued.id());
            }
            return true;
        }

        private void hearAll() {
            posts.forEach(post -> post.bridge.board().hearAll(post.bridge.handover()));
        }

        /** The former holder is gone without a word; another bridge has read the topic of the slots. */
        private void succeed(int place) {
            InMemorySlots.Board board = kafka.board();
            Handover handover = new Handover("b", SLOTS, board, () -> true, () -> now);
            board.hearAll(handover);
            Bridge bridge = new Bridge(handover, board);
            posts.stream().filter(post -> post.place == place).forEach(post -> take(post, bridge));
        }

        private void take(Post post, Bridge bridge) {
            post.disconnect();
            post.passedOver.takeBack(any -> false, now).forEach(message -> goneWithItsOnlyCopy(id(message), post));
            post.passedOver = new PassedOver();
            kafka.give(post.slot, bridge);
            post.bridge = bridge;
            bridge.handover().hold(post.slot);
            post.tenure = new Tenure(
                    post.slot,
                    kafka.note(post.slot),
                    note -> kafka.confirm(post.slot, bridge, note),
                    new InMemoryRecordSink(),
                    () -> {},
                    bridge.handover(),
                    () -> "s-" + sessions++);
        }

        /** A session is lost, and a bridge that has passed its messages over is killed before it hears of that: two faults. */
        private void goneWithItsOnlyCopy(int id, Post killed) {
            boolean elsewhere = handled.contains(id)
                    || posts.stream().takeWhile(post -> post != killed).anyMatch(post -> post.has(id));
            if (!elsewhere) {
                gone.add(id);
            }
        }

        private static int id(InboundMessage message) {
            return Integer.parseInt(new String(message.payload(), US_ASCII));
        }

        private void cut(Post post) {
            if (post.connected) {
                post.disconnect();
                told(post.tenure::lost);
            }
        }

        private void connect(Post post) {
            if (!post.connected) {
                told(() -> {
                    assertThat(post.tenure.closedBecause()).isEmpty();
                    post.tenure.connected(post.session);
                    post.session = true;
                    post.tenure.subscribed();
                });
                post.connected = true;
            }
        }

        private interface Telling {
            void tell() throws InterruptedException;
        }

        private static void told(Telling telling) {
            try {
                telling.tell();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        /** Until nothing is left to hear, to mark and to deliver. */
        void settle() {
            posts.stream().filter(post -> !post.session).forEach(this::cut);
            posts.forEach(this::connect);
            hearAll();
            posts.forEach(this::takeBack);
            for (int round = 0; round < 10; round++) {
                now = now.plusSeconds(600);
                hearAll();
                posts.forEach(this::mark);
                for (Post post : posts) {
                    while (deliver(post) || finish(post, true)) {
                        // The next.
                    }
                    post.unheard.clear();
                }
            }
        }

        private static KnownTopic topic(Post post) {
            return new KnownTopics(SLOTS, post.slot).get(TOPIC);
        }

        private InboundMessage message(String topic, String payload) {
            return new InboundMessage(
                    topic, payload.getBytes(US_ASCII), null, null, !payload.isEmpty(), false, now, new Nothing());
        }
    }

    private static final class Nothing implements InboundMessage.Settlement {
        @Override
        public void done(Runnable then) {}

        @Override
        public void failed(String why) {
            throw new AssertionError(why);
        }
    }
}
