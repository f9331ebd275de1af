package io.fengsui.alerting.readings;

import io.fengsui.alert.Alert;
import io.fengsui.alert.SubjectKind;
import io.fengsui.alerting.readings.Readings.Query;
import io.fengsui.alerting.rulebook.RuleSheet;
import io.fengsui.alerting.rulebook.RuleSheet.Kind;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.FeedField;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.feed.Lane;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topic;
import io.fengsui.schema.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Which readings explain an alert: the numbers of its device that its rule looked at, from half an hour before it was raised,
 * with the values that they were compared with.
 *
 * @param limits by field, what the rule compared it with and how much that was, when it last spoke
 */
public record ReadingPlan(Query query, Map<String, List<Limit>> limits) {
    private static final Duration BEFORE = Duration.ofMinutes(30);
    private static final Duration AFTER_END = Duration.ofMinutes(30);
    private static final Duration LONGEST = Duration.ofHours(6);
    private static final int MOST_FIELDS = 3;
    /** So that browsers that look at the same alert ask the same question. */
    private static final long STEP_MILLIS = 20_000;

    private static final Pattern FIELD = Pattern.compile("\\bevent\\.(\\w+)");
    private static final Pattern COMPARED =
            Pattern.compile("\\bevent\\.(\\w+)\\s*(?:[<>]=?|==)\\s*(-?)\\s*param\\.(\\w+)");

    /** @param parameter its name, without {@code param.} */
    public record Limit(String parameter, double value) {}

    /**
     * Empty where there is nothing to draw: an alert about no device, a rule that looked at no number, a feed whose events are
     * cases and no readings (all of those with personal data are).
     *
     * @param sheet published rules of the feed; without them no limit is known
     */
    public static Optional<ReadingPlan> of(Realm realm, Alert alert, Optional<RuleSheet> sheet, Instant now) {
        Optional<Feed<?>> feed = Feeds.byId(alert.getFeed());
        if (feed.isEmpty()
                || feed.get().isProtected()
                || feed.get().lane() != Lane.TELEMETRY
                || alert.getSubject().getKind() != SubjectKind.DEVICE) {
            return Optional.empty();
        }
        Optional<RuleSheet.Rule> rule = sheet.flatMap(rules -> rules.rule(alert.getRuleId()));
        List<String> fields = fields(alert, feed.get(), rule);
        List<Topic<?>> topics = topics(realm, alert, feed.get());
        if (fields.isEmpty() || topics.isEmpty()) {
            return Optional.empty();
        }
        Instant from = alert.getStartedAt().minus(BEFORE);
        Query query = new Query(
                feed.get(),
                topics,
                alert.getSubject().getId(),
                fields,
                alert.getStartedAt(),
                from,
                end(alert, from, now));
        return Optional.of(new ReadingPlan(query, limits(alert, rule)));
    }

    private static Instant end(Alert alert, Instant from, Instant now) {
        Instant end = Instant.ofEpochMilli(Math.floorDiv(now.toEpochMilli(), STEP_MILLIS) * STEP_MILLIS);
        Instant ended = alert.getEndedAt();
        if (ended != null && ended.plus(AFTER_END).isBefore(end)) {
            end = ended.plus(AFTER_END);
        }
        if (end.isAfter(from.plus(LONGEST))) {
            end = from.plus(LONGEST);
        }
        return end.isBefore(alert.getStartedAt()) ? alert.getStartedAt() : end;
    }

    /** Those that spoke first, then what a rise is measured of. */
    private static List<String> fields(Alert alert, Feed<?> feed, Optional<RuleSheet.Rule> rule) {
        Set<String> names = new LinkedHashSet<>();
        alert.getFigures().forEach(figure -> {
            if (figure.getName().startsWith("event.")) {
                names.add(figure.getName().substring("event.".length()));
            }
        });
        rule.ifPresent(of -> {
            Matcher rise = FIELD.matcher(of.part(Kind.RISE));
            if (rise.find()) {
                names.add(rise.group(1));
            }
        });
        names.addAll(alert.getValues().keySet().stream().sorted().toList());
        return names.stream()
                .filter(name -> feed.field(name).filter(ReadingPlan::isNumber).isPresent())
                .limit(MOST_FIELDS)
                .toList();
    }

    private static boolean isNumber(FeedField field) {
        return field.kind() == FeedField.Kind.NUMBER || field.kind() == FeedField.Kind.WHOLE;
    }

    private static List<Topic<?>> topics(Realm realm, Alert alert, Feed<?> feed) {
        List<Topic<?>> topics = new ArrayList<>();
        alert.getSubject().getUnitIds().forEach(unit -> topics.add(township(realm, unit, feed)));
        alert.getSubject().getDepartmentIds().forEach(department -> topics.add(city(realm, department, feed)));
        return topics;
    }

    private static <T extends SpecificRecord> Topic<T> township(Realm realm, String unit, Feed<T> feed) {
        return Topics.township(realm, unit, feed);
    }

    private static <T extends SpecificRecord> Topic<T> city(Realm realm, String department, Feed<T> feed) {
        return Topics.city(realm, department, feed);
    }

    /** Which parameter stands for which field is the published rule's to say; how much it was is the alert's. */
    private static Map<String, List<Limit>> limits(Alert alert, Optional<RuleSheet.Rule> rule) {
        Map<String, List<Limit>> limits = new LinkedHashMap<>();
        rule.ifPresent(of -> of.steps().forEach(step -> {
            Matcher compared = COMPARED.matcher(step.when());
            while (compared.find()) {
                String name = compared.group(3);
                Optional<Double> value = number(alert.getValues().get("param." + name))
                        .map(number -> compared.group(2).isEmpty() ? number : -number);
                List<Limit> known = limits.computeIfAbsent(compared.group(1), field -> new ArrayList<>());
                value.map(number -> new Limit(name, number))
                        .filter(limit -> !known.contains(limit))
                        .ifPresent(known::add);
            }
        }));
        return limits;
    }

    private static Optional<Double> number(@Nullable String text) {
        try {
            return text == null
                    ? Optional.empty()
                    : Optional.of(Double.valueOf(text)).filter(Double::isFinite);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
