package io.fengsui.alerting.lifecycle;

import io.fengsui.alert.Alert;
import io.fengsui.alert.RevisedFigure;
import io.fengsui.alerting.duty.DutyPlan;
import io.fengsui.schema.feed.Feeds;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Figures of an alert: as a person last corrected them, else as its rule has them. */
public final class Figures {

    private Figures() {}

    /** Null if nothing was said of it. */
    public static @Nullable String value(Alert alert, String name) {
        RevisedFigure revised = alert.getRevised().get(name);
        return revised == null ? alert.getValues().get(name) : revised.getValue();
    }

    /** Those that a person may correct: what the plan has for every alert, then those of the alert itself. */
    public static List<String> revisable(Alert alert, DutyPlan plan) {
        List<String> names = new ArrayList<>();
        plan.revisions().figures().forEach(figure -> names.add(figure.id()));
        new TreeSet<>(alert.getValues().keySet())
                .stream()
                        .filter(name -> !names.contains(name)
                                && isOfEvent(alert, name)
                                && isNumber(alert.getValues().get(name)))
                        .forEach(names::add);
        return names;
    }

    static boolean mayBeRevised(Alert alert, DutyPlan plan, String name) {
        return alert.getRevised().containsKey(name) || revisable(alert, plan).contains(name);
    }

    /** What devices and people report; not the limit of a rule, a count of its own or a time. */
    private static boolean isOfEvent(Alert alert, String name) {
        return Feeds.byId(alert.getFeed()).flatMap(feed -> feed.field(name)).isPresent();
    }

    private static boolean isNumber(@Nullable String value) {
        return value != null && value.matches("-?\\d+(\\.\\d+)?");
    }
}
