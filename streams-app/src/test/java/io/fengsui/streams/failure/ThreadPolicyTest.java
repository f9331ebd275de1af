package io.fengsui.streams.failure;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.streams.meter.StreamsMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

class ThreadPolicyTest {
    private static final Instant NOW = Instant.parse("2026-11-23T00:00:00Z");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final SetAside setAside = new SetAside();
    private final ThreadPolicy policy =
            new ThreadPolicy(new StreamsMetrics(meters), setAside, InstantSource.fixed(NOW));

    @Test
    void shouldReplaceAThreadThatDiedOfWhatMayPass() {
        assertThat(policy.handle(new StreamsException(new TimeoutException("no answer"))))
                .isEqualTo(REPLACE_THREAD);
        assertThat(policy.fatal()).isNull();
        assertThat(meters.get("fengsui.streams.threads.replaced")
                        .tag("cause", "TimeoutException")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void shouldEndTheAppWhenNoNewThreadCouldDoBetter() {
        RecordTooLargeException cause = new RecordTooLargeException();

        assertThat(policy.handle(cause)).isEqualTo(SHUTDOWN_CLIENT);
        assertThat(policy.fatal()).isSameAs(cause);
    }

    @Test
    void shouldReplaceAThreadOnceForARecordThatIsSetAside() {
        setAside.record("feed.dust-sensor", 0, 17, "a fault of ours");

        assertThat(policy.handle(new StreamsException("a fault of ours"))).isEqualTo(REPLACE_THREAD);
        assertThat(setAside.why("feed.dust-sensor", 0, 17)).isEqualTo("a fault of ours");
        setAside.record("feed.dust-sensor", 0, 17, "again");
        assertThat(policy.handle(new StreamsException("again"))).isEqualTo(SHUTDOWN_CLIENT);
    }

    @Test
    void shouldTakeATopicForMissingThatRefusesARecord() {
        setAside.refused("township.zhangpu.video-status");

        assertThat(policy.handle(new StreamsException(new RecordTooLargeException())))
                .isEqualTo(REPLACE_THREAD);
        assertThat(setAside.refuses("township.zhangpu.video-status", NOW)).isTrue();
        assertThat(policy.handle(new StreamsException(new RecordTooLargeException())))
                .isEqualTo(SHUTDOWN_CLIENT);
    }

    @Test
    void shouldTakeATopicForMissingThatMayNotBeWritten() {
        Throwable refused =
                new StreamsException(new TopicAuthorizationException(Set.of("township.zhangpu.video-status")));

        assertThat(policy.handle(refused)).isEqualTo(REPLACE_THREAD);
        assertThat(setAside.refuses("township.zhangpu.video-status", NOW)).isTrue();
        assertThat(setAside.refuses("township.yushan.video-status", NOW)).isFalse();
        assertThat(setAside.refuses("township.zhangpu.video-status", NOW.plusSeconds(61)))
                .isFalse();
    }

    @Test
    void shouldWaitLongerEachTimeAndBeginAnewAfterACalm() {
        Instant at = NOW;
        for (int i = 0; i < 8; i++) {
            Duration pause = Duration.ofMillis(Math.min(32_000, 500L << i));
            assertThat(policy.pause(at)).isEqualTo(pause);
            at = at.plus(pause).plusSeconds(60);
        }
        assertThat(policy.pause(at.plusSeconds(121))).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void shouldNotReplaceAThreadWhenTheAppIsClosing() {
        policy.close();

        assertThat(policy.handle(new TimeoutException("no answer"))).isEqualTo(SHUTDOWN_CLIENT);
        assertThat(policy.fatal()).isNull();
    }
}
