package io.fengsui.ingest.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderedAcksTest {
    private static final Instant NOW = Instant.parse("2026-11-23T00:00:00Z");

    private final List<Integer> sent = Collections.synchronizedList(new ArrayList<>());
    private final OrderedAcks acks = new OrderedAcks(sent::add);

    @ParameterizedTest(name = "arrived 1 2 3 4, done {0}: acknowledged {1}")
    @CsvSource(
            nullValues = "none",
            value = {
                "none, ''",
                "1, 1",
                "2, ''",
                "4, ''",
                "1 2, 1 2",
                "2 1, 1 2",
                "4 3 2, ''",
                "3 4 1, 1",
                "4 3 2 1, 1 2 3 4",
                "1 3 2 4, 1 2 3 4",
                "1 1 1, 1",
                "2 2 1 1, 1 2"
            })
    void shouldAcknowledgeInOrderOfArrival(String done, String acknowledged) {
        List<OrderedAcks.Ticket> tickets = arrive(4);

        ids(done).forEach(id -> tickets.get(id - 1).done(() -> {}));

        assertThat(sent).isEqualTo(ids(acknowledged));
        assertThat(acks.inFlight()).isEqualTo(4 - sent.size());
    }

    @Test
    void shouldSendNothingOnceTheConnectionEnded() {
        List<OrderedAcks.Ticket> tickets = arrive(2);

        acks.end();
        tickets.forEach(ticket -> ticket.done(() -> {}));
        acks.arrived(3, NOW).done(() -> {});

        assertThat(sent).isEmpty();
        assertThat(acks.inFlight()).isZero();
    }

    @Test
    void shouldNotMixConnectionsWhenPacketIdsAreTheSame() {
        OrderedAcks.Ticket old = acks.arrived(1, NOW);
        acks.end();
        List<Integer> sentLater = new ArrayList<>();
        OrderedAcks later = new OrderedAcks(sentLater::add);
        later.arrived(1, NOW);

        old.done(() -> {});

        assertThat(sent).isEmpty();
        assertThat(sentLater).isEmpty();
        assertThat(later.inFlight()).isOne();
    }

    @Test
    void shouldTellTheOldestWhenOthersAreDone() {
        acks.arrived(1, NOW);
        acks.arrived(2, NOW.plusSeconds(1)).done(() -> {});

        assertThat(acks.oldest()).contains(NOW);
    }

    @Test
    void shouldKeepOrderWhenManyThreadsFinish() throws InterruptedException {
        List<OrderedAcks.Ticket> tickets = new ArrayList<>(arrive(2_000));
        List<OrderedAcks.Ticket> shuffled = new ArrayList<>(tickets);
        Collections.shuffle(shuffled, new Random(7));
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            List<OrderedAcks.Ticket> share = shuffled.subList(t * 500, (t + 1) * 500);
            Thread thread = new Thread(() -> {
                try {
                    start.await();
                } catch (InterruptedException e) {
                    return;
                }
                share.forEach(ticket -> ticket.done(() -> {}));
            });
            threads.add(thread);
            thread.start();
        }

        start.countDown();
        assertThat(acks.awaitEmpty(10_000)).isTrue();

        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(sent).hasSize(2_000).isSorted();
    }

    @Test
    void shouldGiveUpWaitingWhenNothingIsDone() throws InterruptedException {
        arrive(1);

        assertThat(acks.awaitEmpty(20)).isFalse();
    }

    private List<OrderedAcks.Ticket> arrive(int count) {
        List<OrderedAcks.Ticket> tickets = new ArrayList<>();
        for (int id = 1; id <= count; id++) {
            tickets.add(acks.arrived(id, NOW));
        }
        return tickets;
    }

    private static List<Integer> ids(String text) {
        return text == null || text.isBlank()
                ? List.of()
                : Arrays.stream(text.split(" ")).map(Integer::valueOf).toList();
    }

    @Test
    void shouldDoWhatIsToBeDoneThenInTurnAndNeverOnceEnded() {
        List<String> said = new ArrayList<>();
        OrderedAcks acks = new OrderedAcks(id -> said.add("ack " + id));
        OrderedAcks.Ticket first = acks.arrived(1, NOW);
        acks.arrived(2, NOW).done(() -> said.add("then 2"));
        OrderedAcks.Ticket third = acks.arrived(3, NOW);
        assertThat(said).isEmpty();

        first.done(() -> {});
        assertThat(said).containsExactly("ack 1", "ack 2", "then 2");
        acks.end();
        third.done(() -> said.add("then 3"));

        assertThat(said).hasSize(3);
    }
}
