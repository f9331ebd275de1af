package io.fengsui.standalone.exercise;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertText;
import io.fengsui.alert.Incident;
import io.fengsui.alert.SubjectKind;
import io.fengsui.alerting.duty.DutyPlan;
import io.fengsui.seeds.scenario.ExerciseScript.Deed;
import io.fengsui.seeds.scenario.ExerciseScript.Reaction;
import io.fengsui.standalone.exercise.ExercisePlan.Cue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An incident that was, as far as its topics still have it.
 *
 * @param alerts of it, as they stand now
 * @param originals its events, in the order in which they came in
 * @param gone events that are named and no longer there
 * @param silences signals of clocks, which cannot be played: nobody said anything
 */
public record PastIncident(Incident incident, List<Alert> alerts, List<Original<?>> originals, int gone, int silences) {
    private static final Duration TO_REACT = Duration.ofMinutes(10);
    private static final Duration TO_ACKNOWLEDGE = Duration.ofMinutes(10);

    /**
     * The exercise that it makes.
     *
     * @param speed how much faster than it was
     */
    public ExercisePlan plan(String name, double speed, Optional<Duration> lasts, Disguise disguise, DutyPlan duty) {
        List<Cue> cues = new ArrayList<>();
        Set<String> devices = new LinkedHashSet<>();
        Instant first = originals.get(0).receivedAt();
        for (Original<?> original : originals) {
            Duration since = Duration.between(first, original.receivedAt());
            cues.add(new Cue(
                    ExercisePlan.faster(since, speed),
                    original.deviceId(),
                    text(original.feed().nameZh(), original.feed().nameEn())));
            devices.add(original.deviceId());
        }
        Duration last = cues.get(cues.size() - 1).at();
        return new ExercisePlan(
                name,
                text(
                        "重演：" + incident.getTitle().getZh(),
                        "Played again: " + incident.getTitle().getEn()),
                text(
                        "事件 " + incident.getIncidentId() + "（" + incident.getPlaceName() + "）的原始消息按当时的间隔重演，个人信息已隐去。",
                        "What came in of incident " + incident.getIncidentId() + " (" + incident.getPlaceName()
                                + "), in its times; personal data is masked."),
                text(units(), units()),
                lasts.orElse(last.plus(TO_REACT)),
                List.copyOf(cues),
                Set.copyOf(devices),
                alerts.stream().map(alert -> reaction(alert, disguise, duty)).toList());
    }

    private String units() {
        List<String> units = new ArrayList<>(incident.getUnitIds());
        units.addAll(incident.getDepartmentIds());
        return String.join(", ", units);
    }

    /** As soon as duty.yaml asks, beside how long it took then. */
    private Reaction reaction(Alert alert, Disguise disguise, DutyPlan duty) {
        Duration within = duty.escalations().stream()
                .filter(entry -> entry.which()
                        .takes(alert.getSeverity(), alert.getRuleId(), alert.getFeed(), alert.getLifeSafety()))
                .findFirst()
                .flatMap(DutyPlan.Escalation::toDepartment)
                .orElse(TO_ACKNOWLEDGE);
        Optional<Duration> then =
                Optional.ofNullable(alert.getAcknowledgedAt()).map(at -> Duration.between(alert.getStartedAt(), at));
        return new Reaction(
                text(
                        alert.getTitle().getZh() + "：" + Spans.zh(within) + "内确认（当时"
                                + then.map(took -> "用时 " + Spans.zh(took)).orElse("未确认") + "）",
                        alert.getTitle().getEn() + ": acknowledged within " + Spans.en(within) + " (then: "
                                + then.map(Spans::en).orElse("never") + ")"),
                alert.getRuleId(),
                subject(alert, disguise),
                Deed.ACKNOWLEDGE,
                Optional.empty(),
                within);
    }

    private Optional<String> subject(Alert alert, Disguise disguise) {
        String id = alert.getSubject().getId();
        if (alert.getSubject().getKind() != SubjectKind.INCIDENT) {
            return Optional.of(id);
        }
        return id.equals(incident.getIncidentId()) ? Optional.empty() : Optional.of(disguise.number(id));
    }

    private static AlertText text(String zh, String en) {
        return AlertText.newBuilder().setZh(zh).setEn(en).build();
    }
}
