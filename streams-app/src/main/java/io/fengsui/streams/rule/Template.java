package io.fengsui.streams.rule;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A text of a rule in one language, with {placeholders} that are filled in as people write values. */
public final class Template {

    /** Language of a text; decides how values are written. */
    enum Language {
        ZH,
        EN
    }

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)\\}");
    private static final ZoneId CITY = ZoneId.of("Asia/Shanghai");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(CITY);

    private final String text;
    private final Language language;
    private final Variables variables;
    private final Map<String, Words> words;

    Template(String text, Language language, Variables variables, Map<String, Words> words) {
        this.text = text;
        this.language = language;
        this.variables = variables;
        this.words = words;
    }

    /** As written, with its placeholders. */
    public String text() {
        return text;
    }

    static List<String> placeholders(String text) {
        List<String> names = new ArrayList<>();
        Matcher matcher = PLACEHOLDER.matcher(text);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }

    List<String> names() {
        return placeholders(text);
    }

    String fill(Facts facts) {
        Matcher matcher = PLACEHOLDER.matcher(text);
        StringBuilder filled = new StringBuilder(text.length() + 32);
        while (matcher.find()) {
            matcher.appendReplacement(filled, Matcher.quoteReplacement(write(matcher.group(1), facts)));
        }
        return matcher.appendTail(filled).toString();
    }

    @Nullable
    Object valueOf(String name, Facts facts) {
        Variables.Variable variable = variables.find(name);
        return variable != null ? variable.value().apply(facts) : facts.extras().get(name);
    }

    /** A value as people read it: what it is called, what it is, in which unit. */
    String figure(String name, Facts facts) {
        Variables.Variable variable = variables.find(name);
        if (variable == null) {
            return "";
        }
        String unit = variable.unit().isEmpty() ? "" : " " + variable.unit();
        String label = language == Language.ZH
                ? variable.label().zh()
                : variable.label().en();
        return label + " " + write(name, facts) + unit;
    }

    /** What was not reported is unknown; a parameter without a value is known not to be set. */
    private String write(String name, Facts facts) {
        boolean zh = language == Language.ZH;
        Object value = valueOf(name, facts);
        if (value == null) {
            return name.startsWith(Variables.PARAM) ? (zh ? "未设定" : "not set") : (zh ? "未知" : "unknown");
        }
        if (value instanceof Boolean yes) {
            return yes ? (zh ? "是" : "yes") : (zh ? "否" : "no");
        }
        if (value instanceof Words named) {
            return zh ? named.zh() : named.en();
        }
        if (value instanceof Duration duration) {
            return duration(duration, zh);
        }
        Words word = value instanceof String symbol ? words.get(symbol) : null;
        if (word != null) {
            return zh ? word.zh() : word.en();
        }
        return plain(value);
    }

    /** A value without regard to language, as in the values of a signal. */
    static String plain(Object value) {
        if (value instanceof Double number) {
            return number(number);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(Template::plain).collect(Collectors.joining(", "));
        }
        return value instanceof Instant time ? TIME.format(time) : value.toString();
    }

    /** At most two decimals, no trailing zeros. */
    static String number(double value) {
        BigDecimal rounded =
                BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_UP).stripTrailingZeros();
        return rounded.toPlainString();
    }

    private static String duration(Duration duration, boolean zh) {
        long seconds = duration.toSeconds();
        long[] parts = {seconds / 86_400, seconds / 3_600 % 24, seconds / 60 % 60, seconds % 60};
        String[] units = zh ? new String[] {"天", "小时", "分", "秒"} : new String[] {"d", "h", "min", "s"};
        StringBuilder written = new StringBuilder();
        int shown = 0;
        for (int i = 0; i < parts.length && shown < 2; i++) {
            if (parts[i] > 0 || (i == parts.length - 1 && shown == 0)) {
                written.append(shown == 0 ? "" : " ")
                        .append(parts[i])
                        .append(' ')
                        .append(units[i]);
                shown++;
            }
        }
        return written.toString();
    }

    @Override
    public String toString() {
        return text;
    }
}
