package io.fengsui.alerting.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.alert.ChangeAction;
import io.fengsui.alert.CommandLevel;
import io.fengsui.alert.DeliveryOutcome;
import io.fengsui.alerting.lifecycle.Reporting.Standing;
import io.fengsui.alerting.rulebook.RuleSheet.Kind;
import io.fengsui.event.EventStatus;
import io.fengsui.schema.rejection.Rejection;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WordTest {

    static Stream<Phrase> phrases() {
        return Stream.of(
                        Word.values(),
                        DutyWord.values(),
                        ExerciseWord.values(),
                        HelpWord.values(),
                        ReportWord.values(),
                        TellingWord.values(),
                        MapWord.values(),
                        RuleWord.values(),
                        ChartWord.values())
                .flatMap(Arrays::stream);
    }

    @ParameterizedTest
    @MethodSource("phrases")
    void shouldBeThereInBothLanguagesWithTheSamePlaces(Phrase word) {
        String zh = word.in(Language.ZH);
        String en = word.in(Language.EN);

        assertThat(zh).isNotBlank();
        assertThat(en).isNotBlank().isNotEqualTo(zh);
        assertThat(places(en)).isEqualTo(places(zh));
        assertThat(en)
                .as("an English text without hanzi, but for the banner that has both")
                .matches(text -> word == Word.DRILL_BANNER || text.codePoints().noneMatch(Character::isIdeographic));
    }

    @Test
    void shouldHaveAWordForEveryValueThatIsLookedUpByName() {
        for (ChangeAction action : ChangeAction.values()) {
            assertThat(Word.valueOf("DID_" + action).in(Language.ZH)).isNotBlank();
        }
        for (CommandLevel level : CommandLevel.values()) {
            assertThat(DutyWord.of(level).in(Language.ZH)).isNotBlank();
        }
        for (Kind part : Kind.values()) {
            assertThat(RuleWord.of(part).in(Language.ZH)).isNotBlank();
        }
        for (Standing standing : Standing.values()) {
            assertThat(DutyWord.of(standing).in(Language.ZH)).isNotBlank();
        }
        for (EventStatus status : EventStatus.values()) {
            assertThat(Word.valueOf("STATUS_" + status).in(Language.ZH)).isNotBlank();
        }
        for (DeliveryOutcome outcome : DeliveryOutcome.values()) {
            assertThat(TellingWord.valueOf(outcome.name()).in(Language.ZH)).isNotBlank();
        }
        for (Rejection.Owner owner : Rejection.Owner.values()) {
            assertThat(Word.valueOf("OWNER_" + owner).in(Language.ZH)).isNotBlank();
        }
    }

    private static int places(String text) {
        return text.split("%s", -1).length - 1;
    }
}
