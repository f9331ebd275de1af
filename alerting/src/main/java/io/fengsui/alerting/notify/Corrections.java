package io.fengsui.alerting.notify;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertChange;
import io.fengsui.alert.AlertText;
import io.fengsui.alert.ChangeAction;
import io.fengsui.alert.RevisedFigure;
import io.fengsui.alerting.lifecycle.History;
import io.fengsui.schema.feed.FeedField;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.feed.UnitName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What people corrected of an alert's figures, for receivers that see no history. */
public final class Corrections {
    private final Function<String, Optional<AlertText>> names;

    /** @param names what the duty plan calls a figure; empty for one of the alert's feed */
    public Corrections(Function<String, Optional<AlertText>> names) {
        this.names = names;
    }

    /**
     * A figure as it was last corrected.
     *
     * @param unit symbol; empty for a plain number
     * @param revision of the alert that states it
     * @param reason words of who corrected it; null if the history has let them go
     */
    public record Figure(
            String name,
            String value,
            String unit,
            String by,
            Instant at,
            int revision,
            @Nullable String reason) {}

    /** Those of the occurrence that stands, by name. */
    public static List<Figure> of(Alert alert) {
        List<Figure> figures = new ArrayList<>();
        new TreeMap<>(alert.getRevised())
                .forEach((name, revised) -> figures.add(new Figure(
                        name,
                        revised.getValue(),
                        unit(name),
                        revised.getBy(),
                        revised.getAt(),
                        revised.getRevision(),
                        reason(alert, revised))));
        return figures;
    }

    /** All values of an alert as they are in force: corrected, else as the rule has them. */
    public static SortedMap<String, String> inForce(Alert alert) {
        SortedMap<String, String> values = new TreeMap<>(alert.getValues());
        alert.getRevised().forEach((name, revised) -> values.put(name, revised.getValue()));
        return values;
    }

    private static @Nullable String reason(Alert alert, RevisedFigure revised) {
        return alert.getHistory().stream()
                .filter(change -> change.getRevision() == revised.getRevision())
                .map(AlertChange::getNote)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** The corrected figures in words, such as "Deaths 3; Missing 1"; empty without one. */
    public AlertText inWords(Alert alert) {
        Map<String, String> corrected = new TreeMap<>();
        alert.getRevised().forEach((name, revised) -> corrected.put(name, revised.getValue()));
        return new AlertText(
                listed(alert, corrected, AlertText::getZh, "；"), listed(alert, corrected, AlertText::getEn, "; "));
    }

    /**
     * What was corrected after a revision and why, the newest first: figures in both languages, then the words of who corrected them.
     *
     * @param told the revision that the receiver has; 0: none
     */
    public String since(Alert alert, int told) {
        List<AlertChange> history = History.ofLastOccurrence(alert.getHistory());
        List<String> corrections = new ArrayList<>();
        for (int i = history.size() - 1; i >= 0; i--) {
            AlertChange change = history.get(i);
            if (change.getRevision() > told && change.getAction() == ChangeAction.REVISED) {
                corrections.add(said(alert, change));
            }
        }
        return String.join(" · ", corrections);
    }

    private String said(Alert alert, AlertChange change) {
        String figures = listed(
                alert,
                new TreeMap<>(change.getFigures()),
                name -> name.getZh().equals(name.getEn()) ? name.getEn() : name.getZh() + " " + name.getEn(),
                "; ");
        String reason = change.getNote() == null ? "" : change.getNote().strip();
        return "更正 Corrected: " + (figures.isEmpty() || reason.isEmpty() ? figures + reason : figures + " — " + reason);
    }

    private String listed(
            Alert alert, Map<String, String> figures, Function<AlertText, String> language, String comma) {
        return figures.entrySet().stream()
                .map(figure -> (language.apply(name(alert, figure.getKey())) + " " + figure.getValue() + " "
                                + unit(figure.getKey()))
                        .strip())
                .collect(Collectors.joining(comma));
    }

    private AlertText name(Alert alert, String figure) {
        return names.apply(figure)
                .or(() -> Feeds.byId(alert.getFeed())
                        .flatMap(feed -> feed.field(figure))
                        .map(Corrections::name))
                .orElseGet(() -> new AlertText(figure, UnitName.words(figure)));
    }

    private static AlertText name(FeedField field) {
        return new AlertText(field.zh(), field.en());
    }

    private static String unit(String figure) {
        return UnitName.of(figure).map(UnitName::symbol).orElse("");
    }
}
