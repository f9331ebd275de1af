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
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Three slots that see one topic, each at a bridge of its own; whatever happens, somebody handles every message. */
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

    @Property(tries = 2_000)
    void shouldLetNoMessageFallBetweenTheSlots(@ForAll("steps") List<Step> steps) {
        City city = new City();
        steps.forEach(city::apply);
        city.settle();

        city.published.removeAll(city.gone);
        assertThat(city.handled).containsAll(city.published);
    }

    @Property(tries = 500)
    void shouldHandleOnceAfterAKillOnceAllIsSettled(@ForAll("steps") List<Step> steps) {
        City city = new City();
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

    /** A slot's session at the broker, and the bridge that holds it. */
    private static final class Post {
        private final Slot slot;
        private final Deque<Queued> queue = new ArrayDeque<>();
        private boolean session;
        private boolean connected;
        private Handover handover;
        private InMemorySlots.Board board;
        private Tenure tenure;

        private Post(Slot slot) {
            this.slot = slot;
        }
    }

    /** A broker, the notes in Kafka, and the bridges. */
    private static final class City {
        private final InMemorySlots kafka = new InMemorySlots();
        private final List<Post> posts =
                SLOTS.seeing(TOPIC).stream().map(Post::new).toList();
        private final Set<Integer> published = new HashSet<>();
        private final Set<Integer> handled = new HashSet<>();

        /** What the broker lost with a session that had it. */
        private final Set<Integer> gone = new HashSet<>();

        private int handlings;
        private int messages;
        private int sessions;
        private Instant now = NOW;

        City() {
            posts.forEach(this::succeed);
            posts.forEach(this::connect);
        }

        void apply(Step step) {
            Post post = posts.get(step.at());
            switch (step.what()) {
                case PUBLISH -> publish();
                case DELIVER -> deliver(post);
                case HEAR -> post.board.hearNext(post.handover);
                case MARK -> mark(post);
                case KILL -> {
                    post.connected = false;
                    succeed(post);
                }
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
                posts.forEach(other -> other.board.hearAll(other.handover));
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
            for (Handover.Mark mark : post.connected ? post.handover.due() : List.<Handover.Mark>of()) {
                SLOTS.moreGeneralThan(post.slot).forEach(general -> posts.stream()
                        .filter(other -> other.slot.equals(general) && other.session)
                        .forEach(other -> other.queue.add(new Queued(-1, post.slot, mark.session()))));
            }
        }

        private boolean deliver(Post post) {
            Queued next = post.connected ? post.queue.poll() : null;
            if (next == null) {
                return false;
            }
            if (next.session().isEmpty()) {
                if (!post.handover.othersHave(post.slot, topic(post), message(TOPIC, ""))) {
                    handled.add(next.id());
                    handlings++;
                }
            } else {
                String topic = TopicAddress.rejectionsOf("b", next.of().name());
                post.handover.ofBridge(post.slot, message(topic, next.session()));
            }
            return true;
        }

        /** The former holder is gone without a word; another bridge has read the topic of the slots. */
        private void succeed(Post post) {
            Object process = new Object();
            kafka.give(post.slot, process);
            post.board = kafka.board();
            post.handover = new Handover("b", SLOTS, post.board, () -> true, () -> now);
            post.board.hearAll(post.handover);
            post.handover.hold(post.slot);
            post.tenure = new Tenure(
                    post.slot,
                    kafka.note(post.slot),
                    note -> kafka.confirm(post.slot, process, note),
                    new InMemoryRecordSink(),
                    post.handover,
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
                posts.forEach(post -> post.board.hearAll(post.handover));
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
