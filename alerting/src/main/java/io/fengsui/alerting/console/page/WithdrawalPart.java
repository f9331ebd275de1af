package io.fengsui.alerting.console.page;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertChange;
import io.fengsui.alert.AlertDelivery;
import io.fengsui.alert.AlertState;
import io.fengsui.alert.ChangeAction;
import io.fengsui.alert.DeliveryOutcome;
import io.fengsui.alerting.board.AlertBoard;
import io.fengsui.alerting.board.ReaderSource.Receipt;
import io.fengsui.alerting.board.ReadersView;
import io.fengsui.alerting.board.ReadersView.Reading;
import io.fengsui.alerting.board.ReferenceNames;
import io.fengsui.alerting.board.Withdrawals;
import io.fengsui.alerting.lifecycle.Escalation;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/** Who of those that had an alert has applied its withdrawal. */
public final class WithdrawalPart {
    private static final Duration FRESH = Duration.ofMinutes(1);

    private final AlertBoard board;
    private final ReferenceNames names;
    private final ReadersView readers;
    private final Withdrawals withdrawals;

    public WithdrawalPart(AlertBoard board, ReferenceNames names, ReadersView readers, Withdrawals withdrawals) {
        this.board = board;
        this.names = names;
        this.readers = readers;
        this.withdrawals = withdrawals;
    }

    /** How far a receiver is. */
    public enum Standing {
        APPLIED(ReportWord.WITHDRAWAL_APPLIED, "done"),
        NOT_YET(ReportWord.WITHDRAWAL_NOT_YET, "waits"),
        /** It will not take it. */
        REFUSED(ReportWord.WITHDRAWAL_REFUSED, "refused"),
        /** Nobody there reads alerts. */
        NOBODY(ReportWord.WITHDRAWAL_NOBODY, "unknown"),
        UNKNOWN(ReportWord.WITHDRAWAL_UNKNOWN, "unknown");

        private final ReportWord word;
        private final String style;

        Standing(ReportWord word, String style) {
            this.word = word;
            this.style = style;
        }

        public ReportWord word() {
            return word;
        }

        public String style() {
            return style;
        }
    }

    /**
     * One that had the alert.
     *
     * @param code consumer group of a platform; empty for others
     * @param detail since when, or why not
     */
    public record Line(String receiver, String code, Standing standing, String detail) {}

    /** Empty of an alert that was not withdrawn. */
    List<Line> of(Realm realm, Alert alert, Times times) {
        Optional<AlertChange> cancelled = alert.getHistory().stream()
                .filter(change -> change.getAction() == ChangeAction.CANCELLED)
                .reduce((former, later) -> later);
        if (alert.getState() != AlertState.CANCELLED || cancelled.isEmpty()) {
            return List.of();
        }
        List<Line> lines = new ArrayList<>();
        if (realm == Realm.LIVE) { // Of exercises no receipts are read.
            topics(alert).forEach((unit, topic) -> lines.addAll(platforms(unit, topic, alert, cancelled.get(), times)));
        }
        for (AlertDelivery delivery : board.deliveries().of(realm, alert.getAlertId())) {
            if (delivery.getSettledRevision() > 0) {
                lines.add(told(delivery, cancelled.get().getRevision(), times));
            }
        }
        return lines;
    }

    private static Map<String, String> topics(Alert alert) {
        Map<String, String> topics = new LinkedHashMap<>();
        alert.getSubject()
                .getUnitIds()
                .forEach(unit ->
                        topics.put(unit, Topics.townshipAlert(Realm.LIVE, unit).name()));
        Escalation.departmentsOf(alert)
                .forEach(department -> topics.put(
                        department, Topics.cityAlert(Realm.LIVE, department).name()));
        return topics;
    }

    private List<Line> platforms(String unit, String topic, Alert alert, AlertChange cancelled, Times times) {
        Words words = times.words();
        String name = words.of(ReportWord.WITHDRAWAL_PLATFORM, words.of(names.name(unit)));
        Optional<Reading> reading = readers.reading();
        if (reading.isEmpty()) {
            return List.of(new Line(name, "", Standing.UNKNOWN, words.of(ReportWord.WITHDRAWAL_NO_RECEIPTS)));
        }
        boolean stale = Duration.between(reading.get().at(), times.now()).compareTo(FRESH) > 0;
        String since = stale
                ? words.of(ReportWord.WITHDRAWAL_SINCE, times.full(reading.get().at()))
                : "";
        List<Receipt> receipts = reading.get().receipts().stream()
                .filter(receipt -> receipt.unit().equals(unit) && receipt.alertsRead() >= 0)
                .toList();
        if (receipts.isEmpty()) {
            return List.of(new Line(name, "", stale ? Standing.UNKNOWN : Standing.NOBODY, since));
        }
        OptionalLong offset = withdrawals.offset(topic, alert.getAlertId(), cancelled.getRevision(), cancelled.getAt());
        return receipts.stream()
                .map(receipt -> {
                    boolean has = offset.isPresent() && receipt.alertsRead() > offset.getAsLong();
                    Standing standing =
                            has ? Standing.APPLIED : stale || offset.isEmpty() ? Standing.UNKNOWN : Standing.NOT_YET;
                    String detail = offset.isEmpty() && !stale ? words.of(ReportWord.WITHDRAWAL_LOOKED_FOR) : since;
                    return new Line(name, receipt.group(), standing, has ? "" : detail);
                })
                .toList();
    }

    private static Line told(AlertDelivery delivery, int revision, Times times) {
        String receiver = Tellings.receiver(delivery.getReceiver(), times.words());
        String why = Objects.requireNonNullElse(delivery.getReason(), "");
        if (delivery.getSettledRevision() < revision) {
            return new Line(receiver, "", Standing.NOT_YET, why);
        }
        boolean refused = delivery.getRevision() == delivery.getSettledRevision()
                && delivery.getOutcome() == DeliveryOutcome.REJECTED;
        return refused
                ? new Line(receiver, "", Standing.REFUSED, why)
                : new Line(receiver, "", Standing.APPLIED, times.full(delivery.getSettledAt()));
    }
}
