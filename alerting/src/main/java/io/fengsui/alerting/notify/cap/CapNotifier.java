package io.fengsui.alerting.notify.cap;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertChange;
import io.fengsui.alert.CapMessage;
import io.fengsui.alert.ChangeAction;
import io.fengsui.alerting.notify.AlertNotice;
import io.fengsui.alerting.notify.Delivery;
import io.fengsui.alerting.notify.News;
import io.fengsui.alerting.notify.Notifier;
import io.fengsui.alerting.notify.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Publishes CAP messages: delivered is what is in the log, from where readers fetch it. */
public final class CapNotifier implements Notifier {
    /** A sensor's figures change with each reading; readers of warnings are told at most this often. */
    static final Duration FIGURES = Duration.ofMinutes(5);

    private final String channel;
    private final CapMessages messages;
    private final CapLog log;

    /** @param channel name of the feed, a tag of meters */
    public CapNotifier(String channel, CapMessages messages, CapLog log) {
        this.channel = channel;
        this.messages = messages;
        this.log = log;
    }

    @Override
    public String channel() {
        return channel;
    }

    @Override
    public int peer() {
        return 0;
    }

    @Override
    public int largestBatch() {
        return 1;
    }

    @Override
    public Outcome send(List<AlertNotice> notices) {
        if (!log.isRead()) {
            return Outcome.retry("the messages so far are still being read");
        }
        Outcome last = Outcome.delivered();
        for (AlertNotice notice : notices) {
            last = publish(notice);
            if (last.delivery() != Delivery.DELIVERED) {
                return last;
            }
        }
        return last;
    }

    private Outcome publish(AlertNotice notice) {
        Optional<CapMessage> message;
        try {
            message = messages.next(notice.alert(), log.index());
        } catch (CapUnreadableException e) {
            return Outcome.retry("the former messages cannot be read: " + e.getMessage());
        }
        if (message.isEmpty()) {
            return Outcome.rejected("nothing is published: no message of this occurrence was, or is kept any more");
        }
        return log.append(message.get())
                ? Outcome.deliveredAs(message.get().getIdentifier())
                : Outcome.retry("Kafka does not take the message");
    }

    /** What a warning is: a beginning, an end, another severity, another case; and other figures every five minutes. */
    public static News news() {
        return CapNotifier::isNews;
    }

    private static boolean isNews(Alert alert, int settled, Instant settledAt, Instant now) {
        List<AlertChange> history = alert.getHistory();
        boolean figures = false;
        for (int i = 0; i < history.size(); i++) {
            AlertChange change = history.get(i);
            if (change.getRevision() <= settled) {
                continue;
            }
            boolean graded = i > 0 && change.getSeverity() != history.get(i - 1).getSeverity();
            if (graded || isStep(change.getAction())) {
                return true;
            }
            figures |= change.getAction() == ChangeAction.UPDATED
                    && !change.getActor().equals("rule:incident");
        }
        return figures && !settledAt.plus(FIGURES).isAfter(now);
    }

    private static boolean isStep(ChangeAction action) {
        return switch (action) {
            case RAISED, RAISED_AGAIN, FLAPPING, ESCALATED, REVISED, CLEARED, RESOLVED, CANCELLED -> true;
            case UPDATED, ACKNOWLEDGED, ASSIGNED, RETURNED, REPORTED, COMMENTED, RELATED, UNKNOWN -> false;
        };
    }
}
