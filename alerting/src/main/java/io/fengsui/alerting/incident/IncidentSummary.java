package io.fengsui.alerting.incident;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertText;
import io.fengsui.alert.Incident;
import io.fengsui.alert.IncidentState;
import io.fengsui.alert.IncidentStep;
import io.fengsui.alert.IncidentStepKind;
import io.fengsui.alerting.incident.CorrelationRules.Pattern;
import io.fengsui.alerting.lifecycle.AlertLifecycle;
import io.fengsui.event.Severity;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An incident as its alerts make it. Steps are what differs from the incident as it was told last, so that any number of
 * changes of alerts may be told as one, and what a crash kept from being told is told after it.
 */
final class IncidentSummary {
    static final int MOST_REFERENCES = 100;
    static final int MOST_STEPS = 50;

    private static final AlertText NO_TEXT = new AlertText("", "");
    private static final Comparator<Tracked> FIRST =
            Comparator.comparing(Tracked::start).thenComparing(Tracked::id);

    private IncidentSummary() {}

    /** The incident as it stands; {@code told} itself if nothing is new. */
    static Incident of(Cluster cluster, CorrelationRules rules, Instant now) {
        Incident told = cluster.told();
        Incident.Builder next = told == null ? first(cluster) : Incident.newBuilder(told);
        Optional<Pattern> pattern = PatternMatch.of(cluster.members.values(), rules);
        int open = (int) cluster.members.values().stream().filter(Tracked::open).count();
        SortedSet<String> feeds = all(cluster, alert -> List.of(alert.getFeed()));
        if (told != null) {
            feeds.addAll(told.getFeeds());
        }
        next.setState(open > 0 ? IncidentState.OPEN : IncidentState.ENDED)
                .setAlerts(cluster.members.size())
                .setOpen(open)
                .setFeeds(List.copyOf(feeds))
                .setPatternId(pattern.map(Pattern::id).orElse(null))
                .setTitle(pattern.map(Pattern::title).orElseGet(() -> title(feeds)))
                .setRunbook(pattern.map(Pattern::runbook).orElse(NO_TEXT))
                .setUnitIds(List.copyOf(all(cluster, alert -> alert.getSubject().getUnitIds())))
                .setDepartmentIds(
                        List.copyOf(all(cluster, alert -> alert.getSubject().getDepartmentIds())))
                .setReferences(cluster.members.values().stream()
                        .sorted(FIRST)
                        .limit(MOST_REFERENCES)
                        .map(Tracked::id)
                        .toList());
        if (open > 0) {
            next.setSeverity(severity(cluster, pattern))
                    .setLifeSafety(cluster.members.values().stream()
                            .anyMatch(member -> member.open() && member.alert().getLifeSafety()))
                    .setEndedAt(null);
        } else if (next.getEndedAt() == null) {
            next.setEndedAt(now.truncatedTo(ChronoUnit.MILLIS));
        }
        if (told != null && cluster.absorbed.isEmpty() && next.build().equals(told)) {
            return told;
        }
        Instant at = now.truncatedTo(ChronoUnit.MILLIS);
        next.setRevision(told == null ? 1 : told.getRevision() + 1).setChangedAt(at);
        return next.setTimeline(timeline(told, next, cluster.absorbed, at)).build();
    }

    /** What becomes of an incident whose alerts another has now. */
    static Incident merged(Incident told, String into, Instant now) {
        Instant at = now.truncatedTo(ChronoUnit.MILLIS);
        List<IncidentStep> steps = new ArrayList<>(told.getTimeline());
        steps.add(new IncidentStep(at, IncidentStepKind.MERGED, told.getSeverity(), 0, into));
        return Incident.newBuilder(told)
                .setRevision(told.getRevision() + 1)
                .setState(IncidentState.MERGED)
                .setMergedInto(into)
                .setAlerts(0)
                .setOpen(0)
                .setReferences(List.of())
                .setPatternId(null)
                .setChangedAt(at)
                .setEndedAt(at)
                .setTimeline(cut(steps))
                .build();
    }

    private static Incident.Builder first(Cluster cluster) {
        Alert alert = cluster.members.values().stream().min(FIRST).orElseThrow().alert();
        String siteName = Objects.requireNonNull(alert.getSubject().getPlace()).getSiteName();
        return Incident.newBuilder()
                .setIncidentId(cluster.id)
                .setRevision(0)
                .setPlaceName(siteName == null ? alert.getSubject().getName() : siteName)
                .setPlace(alert.getSubject().getPlace())
                .setSeverity(alert.getSeverity())
                .setStatus(alert.getStatus())
                .setExercise(alert.getExercise())
                .setStartedAt(alert.getStartedAt())
                .setChangedAt(alert.getStartedAt());
    }

    private static Severity severity(Cluster cluster, Optional<Pattern> pattern) {
        Severity gravest = pattern.map(Pattern::severity).orElse(Severity.UNKNOWN);
        for (Tracked member : cluster.members.values()) {
            Severity severity = member.alert().getSeverity();
            if (member.open() && AlertLifecycle.rank(severity) > AlertLifecycle.rank(gravest)) {
                gravest = severity;
            }
        }
        return gravest;
    }

    private static List<IncidentStep> timeline(
            @Nullable Incident told, Incident.Builder next, List<String> absorbed, Instant at) {
        List<IncidentStep> steps = new ArrayList<>(told == null ? List.of() : told.getTimeline());
        StepWriter write =
                (kind, about) -> steps.add(new IncidentStep(at, kind, next.getSeverity(), next.getOpen(), about));
        if (told == null) {
            write.step(IncidentStepKind.BEGAN, String.join(",", next.getFeeds()));
        }
        absorbed.forEach(other -> write.step(IncidentStepKind.MERGED, other));
        if (told != null) {
            next.getFeeds().stream()
                    .filter(feed -> !told.getFeeds().contains(feed))
                    .forEach(feed -> write.step(IncidentStepKind.FEED_JOINED, feed));
            boolean over = next.getState() == IncidentState.ENDED;
            if (told.getState() == IncidentState.ENDED && !over) {
                write.step(IncidentStepKind.REOPENED, "");
            }
            int worse = AlertLifecycle.rank(next.getSeverity()) - AlertLifecycle.rank(told.getSeverity());
            if (worse != 0) {
                write.step(worse > 0 ? IncidentStepKind.WORSENED : IncidentStepKind.EASED, "");
            }
        }
        String before = told == null ? null : told.getPatternId();
        if (!Objects.equals(before, next.getPatternId())) {
            if (before != null) {
                write.step(IncidentStepKind.PATTERN_ENDED, before);
            }
            if (next.getPatternId() != null) {
                write.step(IncidentStepKind.PATTERN_MATCHED, next.getPatternId());
            }
        }
        if (next.getState() == IncidentState.ENDED && (told == null || told.getState() != IncidentState.ENDED)) {
            write.step(IncidentStepKind.ENDED, "");
        }
        return cut(steps);
    }

    private interface StepWriter {
        void step(IncidentStepKind kind, String about);
    }

    private static List<IncidentStep> cut(List<IncidentStep> steps) {
        while (steps.size() > MOST_STEPS) {
            steps.remove(1);
        }
        return List.copyOf(steps);
    }

    private static SortedSet<String> all(Cluster cluster, Function<Alert, List<String>> of) {
        return cluster.members.values().stream()
                .flatMap(member -> of.apply(member.alert()).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static AlertText title(SortedSet<String> feeds) {
        return new AlertText(
                "多类告警并发：" + names(feeds, Feed::nameZh, "、"),
                "Alerts of several feeds: " + names(feeds, Feed::nameEn, ", "));
    }

    private static String names(SortedSet<String> feeds, Function<Feed<?>, String> name, String comma) {
        return feeds.stream().map(id -> Feeds.byId(id).map(name).orElse(id)).collect(Collectors.joining(comma));
    }
}
