package io.fengsui.standalone.letters;

import io.fengsui.ingest.Readmission.Accepted;
import io.fengsui.ops.DeadLetterReplay;
import io.fengsui.standalone.letters.ReplayPlan.Duplicate;
import io.fengsui.standalone.letters.ReplayPlan.Refuse;
import io.fengsui.standalone.letters.ReplayPlan.Settle;
import io.fengsui.standalone.letters.ReplayPlan.Skip;
import io.fengsui.standalone.letters.ReplayPlan.Step;
import io.fengsui.standalone.letters.ReplayPlan.Take;
import io.fengsui.standalone.letters.ReplayPlan.Unknown;
import java.util.List;

/** What becomes of replayed letters, for people: a line each, and the counts. */
public final class ReplayReport {
    private final Language language;

    public ReplayReport(Language language) {
        this.language = language;
    }

    public String line(Step step) {
        return step.letter().address() + "  " + Printable.of(what(step));
    }

    private String what(Step step) {
        if (step instanceof Take take) {
            return language.say("接收，事件 ", "accepted as event ")
                    + String.join(", ", take.accepted().eventIds())
                    + (bearsNoTime(take.accepted())
                            ? language.say(
                                    "；消息不带时间，规则会当作此刻的报告", "; it bears no time, so rules take it for a report of now")
                            : "");
        }
        if (step instanceof Duplicate duplicate) {
            return language.say(
                    "与 " + duplicate.of() + " 是同一条消息，不再写入",
                    "is the same message as " + duplicate.of() + ", and is not written again");
        }
        if (step instanceof Refuse refuse) {
            String field = refuse.refused().field();
            return language.say("再次拒收 ", "refused again: ") + refuse.refused().reason() + "  "
                    + language.reason(refuse.refused().reason()) + (field == null ? "" : " (" + field + ")") + ": "
                    + refuse.refused().detail();
        }
        if (step instanceof Settle settle) {
            String ids = String.join(", ", settle.sending().getEventIds());
            return language.say(
                    moment(settle.sending()) + " 的重放中断前已写入，补记为接收，事件 " + ids,
                    "was written by the replay of " + moment(settle.sending()) + " before that was broken off; noted as"
                            + " accepted as event " + ids);
        }
        if (step instanceof Unknown unknown) {
            String when = moment(unknown.sending());
            String actor = unknown.sending().getActor();
            return language.say(
                    actor + " 于 " + when + " 的重放中断，是否已写入无从得知：当时的记录已过保留期；确要重放用 --again",
                    "the replay of " + when + " by " + actor
                            + " was broken off, and whether it had written the events cannot be seen any more: what was"
                            + " written then has been deleted; --again replays it");
        }
        DeadLetterReplay before = ((Skip) step).replay();
        String when = moment(before);
        return language.say(
                "已于 " + when + " 由 " + before.getActor() + " 重放；--again 再次重放",
                "was replayed " + when + " by " + before.getActor() + "; --again replays it once more");
    }

    private static String moment(DeadLetterReplay replay) {
        return Moment.shown(replay.getReplayedAt());
    }

    /** Such an event is never an older one to the streams app: by the contract of eventTime it bears that of its arrival. */
    private static boolean bearsNoTime(Accepted<?> accepted) {
        return accepted.events().stream()
                .map(event -> accepted.feed().header(event))
                .anyMatch(header -> header.getEventTime().equals(header.getReceivedAt()));
    }

    /** @param dryRun whether it is only what would be */
    public String counts(List<Step> steps, boolean dryRun) {
        long events = 0;
        long accepted = 0;
        long duplicates = 0;
        long refused = 0;
        long skipped = 0;
        long settled = 0;
        long unknown = 0;
        for (Step step : steps) {
            if (step instanceof Take take) {
                accepted++;
                events += take.unsent().events().size();
            } else if (step instanceof Duplicate) {
                duplicates++;
            } else if (step instanceof Refuse) {
                refused++;
            } else if (step instanceof Settle) {
                settled++;
            } else if (step instanceof Unknown) {
                unknown++;
            } else {
                skipped++;
            }
        }
        return language.say(
                steps.size() + " 封死信：接收 " + accepted + "（事件 " + events + "），重复 " + duplicates + "，再次拒收 " + refused
                        + "，此前已重放 " + skipped
                        + (settled == 0 ? "" : "，查明已写入 " + settled)
                        + (unknown == 0 ? "" : "，无从得知 " + unknown)
                        + (dryRun ? "；未写入任何内容" : ""),
                steps.size() + (steps.size() == 1 ? " letter: " : " letters: ") + accepted + " accepted (events: "
                        + events + "), " + duplicates
                        + " duplicates, " + refused + " refused again, " + skipped + " replayed before"
                        + (settled == 0 ? "" : ", " + settled + " found written")
                        + (unknown == 0 ? "" : ", " + unknown + " not known")
                        + (dryRun ? "; nothing was written" : ""));
    }

    /** Whether nothing is left to do for any of them. */
    public static boolean allDone(List<Step> steps) {
        return steps.stream()
                .allMatch(step -> step instanceof Take || step instanceof Settle || step instanceof Duplicate);
    }
}
