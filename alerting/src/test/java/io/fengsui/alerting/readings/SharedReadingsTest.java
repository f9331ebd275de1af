package io.fengsui.alerting.readings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fengsui.alerting.readings.Readings.Found;
import io.fengsui.alerting.readings.Readings.Query;
import io.fengsui.schema.feed.Feeds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SharedReadingsTest {
    private static final Instant T0 = Instant.parse("2026-11-23T00:00:00Z");

    private final AtomicInteger asked = new AtomicInteger();
    private final CountDownLatch held = new CountDownLatch(1);
    private volatile boolean holds;
    private volatile boolean fails;
    private volatile Instant now = T0;

    private final SharedReadings shared = new SharedReadings(
            new Readings() {
                @Override
                public Found find(Query query) {
                    asked.incrementAndGet();
                    if (holds) {
                        try {
                            held.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                    }
                    if (fails) {
                        throw new ReadingsUnavailableException("away", new IllegalStateException());
                    }
                    return new Found("topic", query.from(), query.to(), List.of());
                }

                @Override
                public void close() {}
            },
            () -> now);

    @AfterEach
    void close() {
        held.countDown();
        shared.close();
    }

    @Test
    void shouldAskTheSameOnceForManyAndAnewAfterAWhile() throws Exception {
        Found found = get(shared.ask(query("a")));
        assertThat(get(shared.ask(query("a")))).isSameAs(found);
        get(shared.ask(query("b")));
        assertThat(asked).hasValue(2);

        now = T0.plusSeconds(21);
        assertThat(get(shared.ask(query("a")))).isNotSameAs(found);
        assertThat(asked).hasValue(3);
    }

    @Test
    void shouldNotRememberAFailure() throws Exception {
        fails = true;
        CompletableFuture<Found> failed = shared.ask(query("a"));
        assertThatThrownBy(() -> get(failed)).hasCauseInstanceOf(ReadingsUnavailableException.class);
        fails = false;
        assertThat(get(shared.ask(query("a"))).topic()).isEqualTo("topic");
    }

    /** A hundred alerts that are opened at once must not hold a hundred requests. */
    @Test
    void shouldRefuseWhenTooManyWaitAndServeTheOthersLater() throws Exception {
        holds = true;
        List<CompletableFuture<Found>> answers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            answers.add(shared.ask(query("device-" + i)));
        }
        assertThat(answers)
                .filteredOn(CompletableFuture::isCompletedExceptionally)
                .hasSize(79);
        holds = false;
        held.countDown();
        for (CompletableFuture<Found> answer : answers) {
            if (!answer.isCompletedExceptionally()) {
                get(answer);
            }
        }
        assertThat(asked).hasValue(21);
    }

    private static Query query(String device) {
        return new Query(
                Feeds.DUST_SENSOR, List.of(), device, List.of("x"), T0, T0.minusSeconds(60), T0.plusSeconds(60));
    }

    private static Found get(CompletableFuture<Found> found) throws Exception {
        return found.get(10, TimeUnit.SECONDS);
    }
}
