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
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Three slots that see one topic, at one bridge or at several; whatever happens, somebody handles every message. */
class HandoverTest {
    private static final Instant NOW = Instant.parse("2026-11-23T00:00:00Z");
    private static final String TOPIC = "fengsui/v1/west/video-status/c-1";
    private static final Slots SLOTS = Slots.of("b", List.of("video-status", "video-status@west"));

    /** What may happen, at the slot of that number, the most specific first. */
    enum What {
        PUBLISH,
        DELIVER,
        HEAR,
        MARK,
        KILL,
        LOSE_SESSION,
        CUT,
        CONNECT
    }

    record Step(What what, int at) {}

    @Provide
    Arbitrary<List<Step>> steps() {
        return Arbitraries.of(What.values())
                .flatMap(what -> Arbitraries.integers().between(0, 2).map(at -> new Step(what, at)))
                .list()
                .ofMaxSize(60);
    }

    /** Which bridge holds each slot. */
    @Provide
    Arbitrary<List<Integer>> bridges() {
        return Arbitraries.of(List.of(0, 1, 2), List.of(0, 0, 0), List.of(0, 0, 1), List.of(0, 1, 0), List.of(0, 1, 1));
    }

    @Property(tries = 4_000)
    void shouldLetNoMessageFallBetweenTheSlots(
            @ForAll("steps") List<Step> steps, @ForAll("bridges") List<Integer> bridges) {
        City city = new City(bridges);
        steps.forEach(city::apply);
        city.settle();

        city.published.removeAll(city.gone);
        assertThat(city.handled).containsAll(city.published);
    }

    @Property(tries = 1_000)
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

    /** A message, or a mark if its session is not empty. */
    private record Queued(int id, Slot of, String session) {}

    /** A process: all that it holds is gone with it. */
    private record Bridge(Handover handover, InMemorySlots.Board board) {}

    /** A slot's session at the broker, and the bridge that holds it. */
    private static final class Post {
        private final Slot slot;
        private final int place;
        private final Deque<Queued> queue = new ArrayDeque<>();
        private boolean session;
        private boolean connected;
        private Bridge bridge;
        private Tenure tenure;

        private Post(Slot slot, int place) {
            this.slot = slot;
            this.place = place;
        }
    }

    /** A broker, the notes in Kafka, and the bridges. */
    private static final class City {
        private final InMemorySlots kafka = new InMemorySlots();
        private final List<Post> posts;
        private final Set<Integer> published = new HashSet<>();
        private final Set<Integer> handled = new HashSet<>();

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
            posts.forEach(this::connect);
        }

        void apply(Step step) {
            Post post = posts.get(step.at());
            switch (step.what()) {
                case PUBLISH -> publish();
                case DELIVER -> deliver(post);
                case HEAR -> post.bridge.board().hearNext(post.bridge.handover());
                case MARK -> mark(post);
                case KILL -> succeed(post.place);
                case LOSE_SESSION -> loseSession(post);
                case CUT -> cut(post);
                case CONNECT -> connect(post);
            }
        }

        /** Its holder says so before anything else happens; what may come between stands in RATIONALE.md. */
        private void loseSession(Post post) {
            if (post.connected) {
                post.session = false;
                post.queue.forEach(queued -> gone.add(queued.id()));
                post.queue.clear();
                cut(post);
                hearAll();
            }
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
            for (Handover.Mark mark : post.bridge.handover().due()) {
                // As the bridge does: what cannot be published now is given up.
                posts.stream()
                        .filter(of -> of.slot.equals(mark.slot()) && of.connected)
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
            if (next == null) {
                return false;
            }
            if (next.session().isEmpty()) {
                if (!post.bridge.handover().othersHave(post.slot, topic(post), message(TOPIC, ""))) {
                    handled.add(next.id());
                    handlings++;
                }
            } else {
                String topic = TopicAddress.rejectionsOf("b", next.of().name());
                post.bridge.handover().ofBridge(post.slot, message(topic, next.session()));
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
            post.connected = false;
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

        private void cut(Post post) {
            if (post.connected) {
                post.connected = false;
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
            posts.forEach(this::connect);
            for (int round = 0; round < 10; round++) {
                now = now.plusSeconds(600);
                hearAll();
                posts.forEach(this::mark);
                for (Post post : posts) {
                    while (deliver(post)) {
                        // The next.
                    }
                }
            }
        }

        private static KnownTopic topic(Post post) {
            return new KnownTopics(SLOTS, post.slot).get(TOPIC);
        }

        private static InboundMessage message(String topic, String payload) {
            return new InboundMessage(
                    topic, payload.getBytes(US_ASCII), null, null, !payload.isEmpty(), false, NOW, new Nothing());
        }
    }

    private static final class Nothing implements InboundMessage.Settlement {
        @Override
        public void done() {}

        @Override
        public void failed(String why) {
            throw new AssertionError(why);
        }
    }
}
