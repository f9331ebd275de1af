package io.fengsui.alerting.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertState;
import io.fengsui.alert.AlertSubject;
import io.fengsui.alert.AlertText;
import io.fengsui.alert.SubjectKind;
import io.fengsui.alerting.board.AlertBoard;
import io.fengsui.alerting.board.BoardEntry;
import io.fengsui.event.EventStatus;
import io.fengsui.event.Severity;
import io.fengsui.schema.topic.Realm;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SituationTest {
    private static final Instant NOW = Instant.parse("2026-11-26T04:00:00Z");

    /** Each weighs more than all that come after it. */
    @Test
    void shouldListWhatWaitsFirstThenTheGravestThenPeopleThenTheNewest() {
        List<Alert> expected = new ArrayList<>();
        for (AlertState state : List.of(AlertState.FIRING, AlertState.ACKNOWLEDGED)) {
            for (Severity severity : List.of(Severity.I, Severity.II, Severity.III, Severity.IV)) {
                for (boolean lifeSafety : List.of(true, false)) {
                    for (long age : List.of(0L, 1L, 40_000_000_000L)) {
                        for (String id : List.of("a", "b")) {
                            expected.add(
                                    alert(id + expected.size() / 2, state, severity, lifeSafety, NOW.minusMillis(age)));
                        }
                    }
                }
            }
        }
        List<Alert> shuffled = new ArrayList<>(expected);
        Collections.shuffle(shuffled, new Random(7));
        AlertBoard board = AlertBoard.standing();
        shuffled.forEach(alert -> board.accept(Realm.LIVE, alert.getAlertId(), alert));

        assertThat(Situation.of(board, Realm.LIVE, NOW).open())
                .extracting(entry -> entry.alert().getAlertId())
                .containsExactlyElementsOf(
                        expected.stream().map(Alert::getAlertId).toList());
        assertThat(shuffled.stream()
                        .map(BoardEntry::of)
                        .sorted(BoardEntry.URGENCY)
                        .map(BoardEntry::alert))
                .containsExactlyElementsOf(expected);
    }

    private static Alert alert(String id, AlertState state, Severity severity, boolean lifeSafety, Instant startedAt) {
        return Alert.newBuilder()
                .setAlertId(id)
                .setRevision(1)
                .setState(state)
                .setSeverity(severity)
                .setLifeSafety(lifeSafety)
                .setRuleId("rule")
                .setRuleVersion("1")
                .setFeed("video-status")
                .setSubject(AlertSubject.newBuilder()
                        .setKind(SubjectKind.DEVICE)
                        .setId("device")
                        .setName("device")
                        .build())
                .setTitle(new AlertText("题", "title"))
                .setExplanation(new AlertText("因", "why"))
                .setRunbook(new AlertText("做", "do"))
                .setStatus(EventStatus.ACTUAL)
                .setStartedAt(startedAt)
                .setEventTime(startedAt)
                .setChangedAt(startedAt)
                .build();
    }
}
