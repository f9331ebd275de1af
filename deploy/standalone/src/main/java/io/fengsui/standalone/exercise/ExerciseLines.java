package io.fengsui.standalone.exercise;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertState;
import io.fengsui.alerting.lifecycle.Transition;
import io.fengsui.standalone.exercise.ExercisePlan.Cue;
import io.fengsui.standalone.exercise.ExerciseRun.ExerciseNews;
import io.fengsui.standalone.letters.Language;
import io.fengsui.standalone.letters.Printable;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** How an exercise stands, a line a time, for whoever leads it. */
public final class ExerciseLines implements ExerciseNews {
    private final Language language;
    private final ExercisePlan plan;
    private final Consumer<String> out;
    private String last = "";

    public ExerciseLines(Language language, ExercisePlan plan, Consumer<String> out) {
        this.language = language;
        this.plan = plan;
        this.out = out;
    }

    @Override
    public void step(int number, Cue cue, Duration since) {
        line(
                since,
                number + "/" + plan.cues().size() + "  " + cue.device() + "  "
                        + language.say(cue.tells().getZh(), cue.tells().getEn()));
    }

    @Override
    public void standing(Duration since, List<AlertAccount> accounts) {
        List<Alert> alerts = accounts.stream().map(AlertAccount::alert).toList();
        long open = alerts.stream()
                .filter(alert -> Transition.isOpen(alert.getState()))
                .count();
        long waiting = alerts.stream()
                .filter(alert -> alert.getState() == AlertState.FIRING)
                .count();
        String text = language.say("告警 ", "alerts ")
                + alerts.size()
                + language.say("，未结束 ", ", open ")
                + open
                + language.say("，待确认 ", ", to be acknowledged ")
                + waiting;
        if (!text.equals(last)) {
            last = text;
            line(since, text);
        }
    }

    @Override
    public void ending(String why) {
        out.accept(Printable.of(language.say("演练结束，恢复设备状态", "The exercise ends; devices are brought to rest")
                + (why.isEmpty() ? "" : language.say("（提前：", " (before its time: ") + why + language.say("）", ")"))));
    }

    @Override
    public void resolving(List<Alert> open) {
        out.accept(language.say("解除仍未结束的演练告警：", "Ending alerts of the exercise that are still open: ") + open.size());
    }

    private void line(Duration since, String text) {
        out.accept(Printable.of(
                String.format(Locale.ROOT, "  %3d:%02d  %s", since.toMinutes(), since.toSecondsPart(), text)));
    }
}
