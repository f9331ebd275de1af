package io.fengsui.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.ingest.Handover.Reliance;
import io.fengsui.ingest.mqtt.InboundMessage;
import io.fengsui.ingest.mqtt.Slot;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PassedOverTest {
    private static final Instant NOW = Instant.parse("2026-11-23T00:00:00Z");
    private static final List<Slot> SLOTS = Slots.of("b", List.of()).all();
    private static final Reliance LOST = new Reliance(SLOTS.get(0), "s-1");
    private static final Reliance SURE = new Reliance(SLOTS.get(0), "s-2");

    private final PassedOver passedOver = new PassedOver();

    @Test
    void shouldTakeBackInOrderWhatReliedOnASessionThatIsGone() {
        InboundMessage first = message(10, NOW);
        InboundMessage second = message(10, NOW.plusSeconds(1));
        passedOver.add(first, LOST);
        passedOver.add(message(10, NOW), SURE);
        passedOver.add(second, LOST);

        assertThat(takeBack(NOW)).containsExactly(first, second);
        assertThat(takeBack(NOW)).isEmpty();
    }

    @Test
    void shouldGiveAgainWhatFailedUntilItIsWritten() {
        InboundMessage message = message(10, NOW);
        passedOver.add(message, LOST);
        assertThat(takeBack(NOW)).hasSize(1);

        passedOver.failed(message);
        assertThat(takeBack(NOW.plusSeconds(3600))).containsExactly(message);
        passedOver.written(message);

        assertThat(passedOver.isEmpty()).isTrue();
    }

    @Test
    void shouldForgetWhatTheHolderOfTheSessionHasSurelyOutlived() {
        passedOver.add(message(10, NOW), LOST);

        assertThat(takeBack(NOW.plus(PassedOver.WITHIN).plusMillis(1))).isEmpty();
        assertThat(passedOver.isEmpty()).isTrue();
    }

    @Test
    void shouldKeepTheNewestOfMoreThanItMay() {
        for (int i = 0; i < 200; i++) {
            passedOver.add(message(65_536, NOW.plusMillis(i)), LOST);
        }

        List<InboundMessage> kept = takeBack(NOW.plusMillis(200));

        assertThat(kept).hasSizeBetween(120, 128);
        assertThat(kept.get(kept.size() - 1).receivedAt()).isEqualTo(NOW.plusMillis(199));
    }

    private List<InboundMessage> takeBack(Instant now) {
        return passedOver.takeBack(reliance -> reliance.equals(SURE), now);
    }

    private static InboundMessage message(int bytes, Instant at) {
        return new InboundMessage("t", new byte[bytes], null, null, false, false, at, new Nothing());
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
