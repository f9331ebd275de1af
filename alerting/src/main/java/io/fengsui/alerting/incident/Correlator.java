package io.fengsui.alerting.incident;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertContext;
import io.fengsui.alert.Incident;
import io.fengsui.alert.IncidentState;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which alerts of one realm are one incident.
 *
 * <ul>
 *   <li>Two alerts belong together if both are open at one place, or if they are of different feeds, near one another and
 *       begin soon after one another; {@link CorrelationRules} says how near and how soon, and a named pattern may say more.
 *   <li>What belongs to the same belongs together. Of one feed alone it is no incident, and nobody hears of it.
 *   <li>An alert that joins two makes them one: the older stays, the other says into which it went.
 *   <li>An incident ends with the last of its alerts. What comes soon after, there, opens it again.
 *   <li>For alerts that are open at the same time it does not matter in which order they are heard of, as long as no
 *       incident would reach farther than {@link CorrelationRules.Joining#extentMetres()}.
 * </ul>
 *
 * For one thread; time is a parameter.
 */
final class Correlator {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyyMMdd").withZone(ZONE);
    private static final Duration KEPT = Duration.ofDays(30);
    private static final Duration SWEEP = Duration.ofSeconds(30);
    /** An incident of so many alerts rests a millisecond: summing up a hundred thousand takes a while, and is not done at each. */
    private static final int ALERTS_A_MILLISECOND = 10;
    /** The first stays: the one that became an incident, and of several the older. */
    private static final Comparator<Cluster> ELDER = Comparator.comparing((Cluster cluster) -> !cluster.isIncident())
            .thenComparing(Cluster::born)
            .thenComparing(cluster -> cluster.id);

    private final Map<String, Tracked> alerts = new HashMap<>();
    private final Map<String, Cluster> clusterOf = new HashMap<>();
    private final Map<String, Cluster> clusters = new LinkedHashMap<>();
    private final Set<Cluster> changed = new LinkedHashSet<>();
    private final Map<String, Instant> over = new HashMap<>();
    private final int mostAlerts;
    private CorrelationRules rules;
    private PlaceIndex index;
    private Instant sweepAt = Instant.MIN;

    /** @param mostAlerts so many are looked at; more are left alone */
    Correlator(CorrelationRules rules, int mostAlerts) {
        this.rules = rules;
        this.index = new PlaceIndex(rules);
        this.mostAlerts = mostAlerts;
    }

    /** What was kept, before anything is applied. Alerts name their cluster as their incident. */
    void restore(Collection<Alert> kept, Collection<Incident> incidents) {
        for (Alert alert : kept) {
            String id = alert.getIncidentId();
            if (id != null) {
                Tracked.of(alert).ifPresent(tracked -> put(cluster(id, alert), tracked));
            }
        }
        for (Incident incident : incidents) {
            Cluster cluster = clusters.get(incident.getIncidentId());
            if (cluster != null && incident.getState() != IncidentState.MERGED) {
                cluster.told(incident);
            } else if (incident.getEndedAt() != null) {
                over.put(incident.getIncidentId(), incident.getEndedAt());
            }
        }
        clusters.values().stream().filter(Cluster::hasSeveralFeeds).forEach(Cluster::becomeIncident);
        changed.addAll(clusters.values());
    }

    /** Other rules hold from now on. What is together stays together. */
    void use(CorrelationRules newer) {
        if (newer.equals(rules)) {
            return;
        }
        rules = newer;
        index = new PlaceIndex(newer);
        alerts.forEach((id, alert) -> index.add(cluster(id), alert));
        changed.addAll(clusters.values());
    }

    /** Takes the new state of an alert. */
    void apply(Alert alert, Instant now, Effects effects) {
        Tracked former = alerts.get(alert.getAlertId());
        Tracked next = Tracked.of(alert).orElse(null);
        if (former == null) {
            if (next == null || next.end().isBefore(now.minus(rules.memory()))) {
                return;
            }
            if (alerts.size() >= mostAlerts) {
                effects.skip();
                return;
            }
            join(next, now, effects);
        } else if (next == null) {
            leave(former, now, effects);
        } else if (next.isSameCaseAs(former)
                || (isIncident(next) && next.place().equals(former.place()))) {
            Cluster cluster = cluster(next.id());
            boolean another = !next.isSameCaseAs(former);
            index.remove(cluster, former);
            put(cluster, next);
            if (another) {
                absorb(cluster, next, now, effects);
            }
        } else {
            leave(former, now, effects);
            effects.contexts().remove(next.id());
            join(next, now, effects);
        }
        tell(alert, now, effects);
    }

    /** Tells what has changed, and forgets what is long over. */
    void flush(Instant now, Effects effects) {
        changed.removeIf(cluster -> {
            boolean rests = cluster.rests(now);
            if (!rests && cluster.isIncident()) {
                sumUp(cluster, now, effects);
            }
            return !rests;
        });
        if (!now.isBefore(sweepAt)) {
            sweep(now, effects);
            sweepAt = now.plus(SWEEP);
        }
    }

    private void sumUp(Cluster cluster, Instant now, Effects effects) {
        Incident told = cluster.told();
        Incident next = IncidentSummary.of(cluster, rules, now);
        cluster.absorbed.clear();
        cluster.restUntil(now.plusMillis(cluster.members.size() / ALERTS_A_MILLISECOND));
        if (!next.equals(told)) {
            cluster.told(next);
            effects.incidents().put(cluster.id, Optional.of(next));
        }
    }

    /** Cluster of an alert, whether it is an incident yet or not. */
    Optional<String> clusterId(String alertId) {
        return Optional.ofNullable(clusterOf.get(alertId)).map(cluster -> cluster.id);
    }

    boolean tracks(String alertId) {
        return alerts.containsKey(alertId);
    }

    int size() {
        return alerts.size();
    }

    int openIncidents() {
        return (int) clusters.values().stream()
                .map(Cluster::told)
                .filter(told -> told != null && told.getState() == IncidentState.OPEN)
                .count();
    }

    private void join(Tracked alert, Instant now, Effects effects) {
        Cluster cluster = index.around(alert).stream()
                .sorted(ELDER)
                .filter(candidate -> candidate.extentWith(alert.position())
                        <= rules.joining().extentMetres())
                .findFirst()
                .orElseGet(() -> cluster(newId(alert), alert.alert()));
        put(cluster, alert);
        absorb(cluster, alert, now, effects);
    }

    /** Makes one of all that this alert belongs to. */
    private void absorb(Cluster cluster, Tracked alert, Instant now, Effects effects) {
        Cluster stays = cluster;
        for (Cluster other : index.around(alert).stream().sorted(ELDER).toList()) {
            if (other != stays && stays.extentWith(other) <= rules.joining().extentMetres()) {
                Cluster elder = ELDER.compare(stays, other) <= 0 ? stays : other;
                merge(elder == stays ? other : stays, elder, now, effects);
                stays = elder;
            }
        }
        if (!stays.isIncident() && stays.hasSeveralFeeds()) {
            stays.becomeIncident();
            String id = stays.id;
            stays.members.keySet().forEach(member -> effects.contexts().put(member, context(member, id, now)));
        }
    }

    private void merge(Cluster from, Cluster into, Instant now, Effects effects) {
        List<Tracked> moving = new ArrayList<>(from.members.values());
        clusters.remove(from.id);
        changed.remove(from);
        for (Tracked member : moving) {
            index.remove(from, member);
            put(into, member);
            effects.alerts().put(member.id(), Optional.of(kept(member, into)));
            tell(member.alert(), now, effects);
        }
        Incident told = from.told();
        if (from.isIncident()) {
            into.becomeIncident();
            into.absorbed.add(from.id);
        }
        if (told != null) {
            effects.incidents().put(from.id, Optional.of(IncidentSummary.merged(told, into.id, now)));
            over.put(from.id, now);
        }
    }

    private void leave(Tracked alert, Instant now, Effects effects) {
        Cluster cluster = cluster(alert.id());
        drop(cluster, alert);
        if (cluster.members.isEmpty()) {
            end(cluster, now, effects);
        }
        if (cluster.isIncident()) {
            effects.contexts().put(alert.id(), context(alert.id(), null, now));
        }
    }

    /** Of a cluster that has no alerts any more. */
    private void end(Cluster cluster, Instant now, Effects effects) {
        clusters.remove(cluster.id);
        changed.remove(cluster);
        if (cluster.told() != null) {
            Incident ended = IncidentSummary.of(cluster, rules, now);
            if (!ended.equals(cluster.told())) {
                effects.incidents().put(cluster.id, Optional.of(ended));
            }
            over.put(cluster.id, Objects.requireNonNullElse(ended.getEndedAt(), now));
        }
    }

    private void put(Cluster cluster, Tracked alert) {
        alerts.put(alert.id(), alert);
        clusterOf.put(alert.id(), cluster);
        cluster.put(alert);
        index.add(cluster, alert);
        changed.add(cluster);
    }

    private void drop(Cluster cluster, Tracked alert) {
        index.remove(cluster, alert);
        cluster.remove(alert.id());
        alerts.remove(alert.id());
        clusterOf.remove(alert.id());
        changed.add(cluster);
    }

    /** Says to an alert which incident is its, if it does not say so itself. */
    private void tell(Alert alert, Instant now, Effects effects) {
        Cluster cluster = clusterOf.get(alert.getAlertId());
        String id = cluster == null || !cluster.isIncident() ? null : cluster.id;
        if (cluster != null && !Objects.equals(id, alert.getIncidentId())) {
            effects.contexts().put(alert.getAlertId(), context(alert.getAlertId(), id, now));
        }
    }

    private void sweep(Instant now, Effects effects) {
        Instant longAgo = now.minus(rules.memory());
        for (Tracked alert : List.copyOf(alerts.values())) {
            Cluster cluster = cluster(alert.id());
            Instant end = cluster.isIncident() ? endOf(cluster) : alert.end();
            if (end.isBefore(longAgo)) {
                drop(cluster, alert);
                effects.alerts().put(alert.id(), Optional.empty());
                if (cluster.members.isEmpty()) {
                    forget(cluster);
                }
            }
        }
        over.entrySet().removeIf(ended -> {
            boolean gone = ended.getValue().plus(KEPT).isBefore(now);
            if (gone) {
                effects.incidents().put(ended.getKey(), Optional.empty());
            }
            return gone;
        });
    }

    private void forget(Cluster cluster) {
        clusters.remove(cluster.id);
        changed.remove(cluster);
        Incident told = cluster.told();
        if (told != null) {
            over.put(cluster.id, Objects.requireNonNullElse(told.getEndedAt(), told.getChangedAt()));
        }
    }

    /** Far in the future while it is open, or its end is not told yet. */
    private static Instant endOf(Cluster cluster) {
        Incident told = cluster.told();
        return told == null || told.getState() == IncidentState.OPEN || told.getEndedAt() == null
                ? Instant.MAX
                : told.getEndedAt();
    }

    private boolean isIncident(Tracked alert) {
        return cluster(alert.id()).isIncident();
    }

    private Cluster cluster(String alertId) {
        return Objects.requireNonNull(clusterOf.get(alertId));
    }

    private Cluster cluster(String id, Alert first) {
        return clusters.computeIfAbsent(id, name -> new Cluster(name, first.getStartedAt()));
    }

    /** The alert as it is kept. */
    private static Alert kept(Tracked alert, Cluster cluster) {
        return Alert.newBuilder(alert.alert()).setIncidentId(cluster.id).build();
    }

    private static AlertContext context(String alertId, @Nullable String incidentId, Instant now) {
        return new AlertContext(alertId, incidentId, null, now);
    }

    /** The same for the same alert and beginning, whoever makes it. */
    private String newId(Tracked alert) {
        String name = alert.id() + "|" + alert.start();
        String id = idOf(name, alert.start());
        while (clusters.containsKey(id) || over.containsKey(id)) {
            name += "+";
            id = idOf(name, alert.start());
        }
        return id;
    }

    private static String idOf(String name, Instant start) {
        UUID hash = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
        return DAY.format(start) + "-" + hash.toString().substring(0, 8);
    }
}
