package io.fengsui.standalone.letters;

import static io.fengsui.standalone.letters.SampleLetters.ARRIVED;
import static io.fengsui.standalone.letters.SampleLetters.POLICE;
import static io.fengsui.standalone.letters.SampleLetters.dust;
import static io.fengsui.standalone.letters.SampleLetters.police;
import static io.fengsui.standalone.letters.SampleLetters.replayed;
import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.ops.DeadLetterStage;
import io.fengsui.ops.ReplayOutcome;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.rejection.Rejection;
import io.fengsui.schema.topic.Topics;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LetterFilterTest {
    private final Letter letter = dust(0, "m-1");
    private final ReplayHistory history = new ReplayHistory();

    @Test
    void shouldMatchEveryLetterWithoutPersonalDataWhenNothingIsAsked() {
        assertThat(matches(filter(null))).isTrue();
        assertThat(filter(null).matches(police(0, "{}"), history)).isFalse();
    }

    @Test
    void shouldReadALetterOfAProtectedFeedOnlyWhenTheFeedIsNamed() {
        LetterFilter filter = filter(POLICE);

        assertThat(filter.topic()).isEqualTo(Topics.deadLetter(POLICE));
        assertThat(filter.matches(police(0, "{}"), history)).isTrue();
        assertThat(matches(filter)).isFalse();
        assertThat(matches(filter(Feeds.DUST_SENSOR))).isTrue();
        assertThat(matches(filter(Feeds.VIDEO_STATUS))).isFalse();
    }

    @Test
    void shouldTakeALetterOfAMisspeltFeedThatAProtectedOneKeeps() {
        Letter astray = new Letter(
                new Address(Topics.deadLetter(POLICE), 0, 3),
                SampleLetters.content("dust-sensor", "police-centre", "x").build());

        assertThat(filter(POLICE).matches(astray, history)).isTrue();
    }

    @Test
    void shouldMatchByEachOfItsParts() {
        assertThat(matches(new LetterFilter(Set.of(Rejection.EMPTY), null, null, null, null, null, null, null)))
                .isFalse();
        assertThat(matches(new LetterFilter(
                        Set.of(Rejection.EMPTY, Rejection.UNKNOWN_DEVICE), null, null, null, null, null, null, null)))
                .isTrue();
        assertThat(matches(new LetterFilter(Set.of(), null, "acme", "d-1", null, null, DeadLetterStage.INGEST, null)))
                .isTrue();
        assertThat(matches(new LetterFilter(Set.of(), null, "rival", null, null, null, null, null)))
                .isFalse();
        assertThat(matches(new LetterFilter(Set.of(), null, null, "d-2", null, null, null, null)))
                .isFalse();
        assertThat(matches(new LetterFilter(Set.of(), null, null, null, null, null, DeadLetterStage.STREAMS, null)))
                .isFalse();
    }

    @Test
    void shouldBeginWithSinceAndEndBeforeUntil() {
        assertThat(matches(new LetterFilter(Set.of(), null, null, null, ARRIVED, ARRIVED.plusMillis(1), null, null)))
                .isTrue();
        assertThat(matches(new LetterFilter(Set.of(), null, null, null, ARRIVED.plusMillis(1), null, null, null)))
                .isFalse();
        assertThat(matches(new LetterFilter(Set.of(), null, null, null, null, ARRIVED, null, null)))
                .isFalse();
    }

    @Test
    void shouldKeepALetterOpenThatWasRefusedAgainOrWhoseReplayWasBrokenOff() {
        LetterFilter open = new LetterFilter(Set.of(), null, null, null, null, null, null, false);

        history.add(replayed(letter, ReplayOutcome.REFUSED));
        assertThat(matches(open)).isTrue();
        history.add(replayed(letter, ReplayOutcome.SENDING, "acme/d-1/m-1"));
        assertThat(matches(open)).isTrue();
        history.add(replayed(letter, ReplayOutcome.ACCEPTED, "acme/d-1/m-1"));
        assertThat(matches(open)).isFalse();
        history.add(replayed(letter, ReplayOutcome.REFUSED));
        assertThat(matches(open)).isFalse();
    }

    private boolean matches(LetterFilter filter) {
        return filter.matches(letter, history);
    }

    private static LetterFilter filter(Feed<?> feed) {
        return new LetterFilter(Set.of(), feed, null, null, null, null, null, null);
    }
}
