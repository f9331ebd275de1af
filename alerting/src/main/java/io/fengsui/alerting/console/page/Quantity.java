package io.fengsui.alerting.console.page;

import io.fengsui.alert.AlertFigure;
import io.fengsui.schema.feed.FeedField;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.feed.UnitName;
import java.util.Optional;

/**
 * A value of an alert with its unit, which stands in the field's name.
 *
 * @param name what was measured, in words where they are known
 * @param unit symbol of the unit; empty for a plain number or word
 */
public record Quantity(String name, String value, String unit) {

    /**
     * Reads a value by its field's name; one that is not known is shown as it is.
     *
     * @param feedId feed whose schema has the field, and the words for both
     */
    public static Quantity of(String feedId, String field, String value, Words words) {
        boolean zh = words.language() == Language.ZH;
        Optional<FeedField> declared = Feeds.byId(feedId).flatMap(feed -> feed.field(field));
        String name = declared.map(f -> zh ? f.zh() : f.en())
                .or(() -> FieldName.of(field).map(n -> n.in(words.language())))
                .orElseGet(() -> zh ? field : UnitName.words(field));
        Optional<UnitName> unit = UnitName.of(field);
        if (unit.isPresent()) {
            return new Quantity(name, value, unit.get().symbol());
        }
        return new Quantity(name, inWords(declared, value, words), "");
    }

    /**
     * A figure as its rule words it: name, value and unit in one text, which are told apart where that can be done.
     *
     * @param value the same without words; empty if it is not known
     */
    public static Quantity of(String feedId, AlertFigure figure, String value, Words words) {
        String text = words.of(figure.getText()).strip();
        int at = value.isEmpty() ? -1 : text.lastIndexOf(" " + value);
        int end = at + 1 + value.length();
        if (at > 0 && (end == text.length() || text.charAt(end) == ' ')) {
            return new Quantity(
                    text.substring(0, at), value, text.substring(end).strip());
        }
        String field = figure.getName().replaceFirst("^event\\.", "");
        String name = of(feedId, field, "", words).name();
        int space = text.startsWith(name + " ") ? name.length() : text.lastIndexOf(' ');
        return space <= 0
                ? new Quantity(name, text, "")
                : new Quantity(text.substring(0, space), text.substring(space).strip(), "");
    }

    private static String inWords(Optional<FeedField> field, String value, Words words) {
        return field.filter(f -> f.symbols().contains(value))
                .map(f -> words.language() == Language.ZH ? f.zh(value) : f.en(value))
                .or(() -> ValueName.of(value).map(name -> name.in(words.language())))
                .orElse(value);
    }
}
