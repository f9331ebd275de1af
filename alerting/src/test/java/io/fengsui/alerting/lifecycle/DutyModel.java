package io.fengsui.alerting.lifecycle;

import io.fengsui.alert.AlertState;
import io.fengsui.alert.CommandLevel;
import io.fengsui.event.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a duty officer would expect of one alert about a device of one unit and one department, written without looking at the
 * lifecycle: no records, no history, plain rules. Goes by the plan of {@code Plans.YAML}.
 */
final class DutyModel {
    private static final Map<Severity, Integer> GRAVITY =
            Map.of(Severity.UNKNOWN, 0, Severity.IV, 1, Severity.III, 2, Severity.II, 3, Severity.I, 4);

    @Nullable
    AlertState state;

    Severity severity = Severity.UNKNOWN;
    CommandLevel level = CommandLevel.UNIT;

    @Nullable
    Instant waiting;

    @Nullable
    String assignee;

    @Nullable
    String deaths;

    @Nullable
    Severity gradedByHand;

    int occurrences;
    boolean phoned;
    boolean flapping;

    @Nullable
    Instant quiet;

    boolean ruleSaysFiring;

    /** For each revision whether it told nothing but figures; index 0 is revision 1. */
    final List<Boolean> harmless = new ArrayList<>();

    private final List<Instant> raises = new ArrayList<>();

    int revision() {
        return harmless.size();
    }

    boolean open() {
        return state == AlertState.FIRING || state == AlertState.ACKNOWLEDGED;
    }

    void raise(Severity now, boolean news, boolean late, Instant at) {
        if (!open()) {
            raises.removeIf(raise -> !raise.isAfter(at.minus(Duration.ofMinutes(10))));
            raises.add(at);
            flapping = state != null && raises.size() >= 3;
            occurrences++;
            state = AlertState.FIRING;
            severity = now;
            level = CommandLevel.UNIT;
            waiting = at;
            assignee = null;
            deaths = null;
            gradedByHand = null;
            phoned = false;
            quiet = null;
            told(false);
        } else {
            boolean worse = GRAVITY.get(now) > GRAVITY.get(severity);
            Severity next = graver(!worse && (late || flapping) ? severity : now, gradedByHand);
            boolean same = next == severity;
            boolean back = quiet != null;
            quiet = null;
            if (worse || (news && !back)) {
                waiting = state == AlertState.ACKNOWLEDGED ? at : waiting;
                boolean was = state == AlertState.FIRING;
                state = AlertState.FIRING;
                severity = next;
                told(false);
                assert was || waiting != null;
            } else if (!back) {
                severity = next;
                told(same);
            }
        }
        ruleSaysFiring = true;
    }

    void clear(Instant at) {
        if (open() && flapping) {
            quiet = quiet == null ? at : quiet;
        } else if (open()) {
            end(AlertState.RESOLVED);
        }
        ruleSaysFiring = false;
    }

    void related() {
        told(true);
    }

    boolean seenEnough(int seen) {
        return seen <= revision()
                && seen > 0
                && harmless.subList(seen, revision()).stream().allMatch(h -> h);
    }

    private static Severity graver(Severity severity, @Nullable Severity other) {
        return other == null || GRAVITY.get(other) <= GRAVITY.get(severity) ? severity : other;
    }

    /**
     * Whether it may be done, and does it.
     *
     * @param graded by a correction
     */
    boolean ask(String what, String who, @Nullable Severity graded, Instant at) {
        boolean may =
                switch (what) {
                    case "ACKNOWLEDGE" -> state == AlertState.FIRING;
                    case "RESOLVE", "CANCEL" -> open();
                    case "ESCALATE" -> open() && level != CommandLevel.CITY;
                    case "ASSIGN" -> open() && !who.equals(assignee);
                    case "RETURN" -> open() && assignee != null;
                    case "REPORT" -> state != null && !phoned;
                    case "REVISE" ->
                        state != null
                                && graded != Severity.UNKNOWN
                                && (!who.equals(deaths) || (graded != null && graded != severity));
                    default -> state != null;
                };
        if (!may) {
            return false;
        }
        switch (what) {
            case "ACKNOWLEDGE" -> {
                state = AlertState.ACKNOWLEDGED;
                waiting = null;
                assignee = assignee == null ? "王芳" : assignee;
            }
            case "RESOLVE", "CANCEL" -> {
                end(what.equals("RESOLVE") ? AlertState.RESOLVED : AlertState.CANCELLED);
                raises.clear();
                return true;
            }
            case "ESCALATE" -> rise(level == CommandLevel.UNIT ? CommandLevel.DEPARTMENT : CommandLevel.CITY, at);
            case "ASSIGN" -> assignee = who;
            case "RETURN" -> assignee = null;
            case "REPORT" -> phoned = true;
            case "REVISE" -> {
                deaths = who;
                grade(graded, at);
            }
            default -> {}
        }
        told(false);
        return true;
    }

    private void grade(@Nullable Severity graded, Instant at) {
        if (graded == null) {
            return;
        }
        if (state == AlertState.ACKNOWLEDGED && GRAVITY.get(graded) > GRAVITY.get(severity)) {
            state = AlertState.FIRING;
            waiting = at;
        }
        severity = graded;
        gradedByHand = graded;
    }

    /** Looks at the clock once: at most one thing happens. */
    void tick(Instant at) {
        Instant calm = flapping && quiet != null && open() ? quiet.plus(Duration.ofMinutes(5)) : Instant.MAX;
        Instant rise = Instant.MAX;
        CommandLevel to = CommandLevel.CITY;
        if (state == AlertState.FIRING && level != CommandLevel.CITY && waiting != null) {
            boolean unit = level == CommandLevel.UNIT;
            to = unit && severity != Severity.III ? CommandLevel.DEPARTMENT : CommandLevel.CITY;
            Integer minutes =
                    switch (severity) {
                        case I -> unit ? 3 : 5;
                        case II -> unit ? 10 : 20;
                        case III -> 60;
                        default -> null;
                    };
            rise = minutes == null ? Instant.MAX : waiting.plus(Duration.ofMinutes(minutes));
        }
        if (!calm.isAfter(at) && !calm.isAfter(rise)) {
            end(AlertState.RESOLVED);
        } else if (!rise.isAfter(at)) {
            rise(to, at);
            told(false);
        }
    }

    private void rise(CommandLevel to, Instant at) {
        level = to;
        state = AlertState.FIRING;
        waiting = at;
    }

    private void end(AlertState how) {
        state = how;
        waiting = null;
        flapping = false;
        quiet = null;
        told(false);
    }

    private void told(boolean figuresAlone) {
        harmless.add(figuresAlone);
    }
}
