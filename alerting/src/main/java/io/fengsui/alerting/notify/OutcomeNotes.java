package io.fengsui.alerting.notify;

import io.fengsui.alert.AlertDelivery;
import io.fengsui.alert.DeliveryOutcome;
import io.fengsui.alert.DeliveryStep;
import io.fengsui.schema.topic.Realm;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what became of notices, as the alert's timeline shows it: the first delivery of each revision, each refusal,
 * and of attempts that fail in a row the 1st, 2nd, 4th, 8th and so on. Used by one thread.
 */
final class OutcomeNotes {
    private static final int MOST_EARLIER = 20;
    private static final int LONGEST_REASON = 300;

    private final String receiver;
    private final DeliveryLog log;
    private final Map<String, Tries> tries = new HashMap<>();

    OutcomeNotes(String receiver, DeliveryLog log) {
        this.receiver = receiver;
        this.log = log;
    }

    void note(AlertNotice notice, Outcome outcome, Instant now) {
        if (notice.severity() != notice.alert().getSeverity()) {
            return; // The end of a former severity: the notice of the present one stands for both.
        }
        int revision = notice.alert().getRevision();
        AlertDelivery last = log.get(receiver, notice.alert()).orElse(null);
        boolean settles = outcome.delivery() != Delivery.RETRY;
        DeliveryOutcome kind = DeliveryOutcome.valueOf(outcome.delivery().name());
        if (settles && last != null && last.getRevision() == revision && last.getOutcome() == kind) {
            return;
        }
        int attempts = attempts(notice, last);
        if (settles) {
            tries.remove(notice.alert().getAlertId());
        } else if (Integer.bitCount(attempts) > 1) {
            return;
        }
        AlertDelivery.Builder next = AlertDelivery.newBuilder()
                .setAlertId(notice.alert().getAlertId())
                .setReceiver(receiver)
                .setRevision(revision)
                .setOutcome(kind)
                .setAt(now.truncatedTo(ChronoUnit.MILLIS))
                .setAttempts(attempts)
                .setReason(reason(outcome))
                .setReference(outcome.reference())
                .setEarlier(earlier(last, revision));
        int occurrence = notice.alert().getOccurrences();
        next.setOccurrence(occurrence).setFiringOccurrence(last == null ? 0 : last.getFiringOccurrence());
        if (outcome.delivery() == Delivery.DELIVERED) {
            next.setFiringOccurrence(notice.firing() ? occurrence : 0);
        }
        if (settles) {
            next.setSettledRevision(revision)
                    .setSettledAt(now.truncatedTo(ChronoUnit.MILLIS))
                    .setSettledOccurrence(occurrence);
        } else if (last != null) {
            next.setSettledRevision(last.getSettledRevision())
                    .setSettledAt(last.getSettledAt())
                    .setSettledOccurrence(last.getSettledOccurrence());
        }
        log.put(Realm.of(notice.alert().getStatus()), next.build());
    }

    private int attempts(AlertNotice notice, @Nullable AlertDelivery last) {
        int revision = notice.alert().getRevision();
        Tries before = tries.get(notice.alert().getAlertId());
        int sofar = before != null && before.revision() == revision
                ? before.attempts()
                : last != null && last.getRevision() == revision ? last.getAttempts() : 0;
        tries.put(notice.alert().getAlertId(), new Tries(revision, sofar + 1));
        return sofar + 1;
    }

    private static @Nullable String reason(Outcome outcome) {
        String reason = outcome.reason();
        return reason.isBlank() ? null : reason.substring(0, Math.min(reason.length(), LONGEST_REASON));
    }

    private static List<DeliveryStep> earlier(@Nullable AlertDelivery last, int revision) {
        if (last == null) {
            return List.of();
        }
        List<DeliveryStep> steps = new ArrayList<>(last.getEarlier());
        if (last.getRevision() != revision) {
            steps.add(DeliveryStep.newBuilder()
                    .setRevision(last.getRevision())
                    .setOutcome(last.getOutcome())
                    .setAt(last.getAt())
                    .setAttempts(last.getAttempts())
                    .setReason(last.getReason())
                    .setReference(last.getReference())
                    .build());
        }
        return steps.size() > MOST_EARLIER ? steps.subList(steps.size() - MOST_EARLIER, steps.size()) : steps;
    }

    private record Tries(int revision, int attempts) {}
}
