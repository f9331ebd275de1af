package io.fengsui.alerting.readers;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertSignal;
import io.fengsui.alerting.board.AlertBoard;
import io.fengsui.alerting.board.ReaderSource.Receipt;
import io.fengsui.alerting.board.ReadersView.Reading;
import io.fengsui.alerting.board.ReferenceNames;
import io.fengsui.reference.Unit;
import io.fengsui.reference.UnitKind;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Raises an alert about each platform that has let records wait for too long, and ends it when it reads again. What is open is
 * the board's to say, so that a restart or another instance goes on with it. A platform that never read is no reader; a group
 * that is gone says nothing, and its alert stays until a person ends it.
 *
 * <p>While Kafka did not answer, nobody could read: after a gap between readings, and at the start, each platform has its full
 * time again. For one thread.
 */
public final class ReaderWatch implements Consumer<Reading> {
    /** Readings come every ten seconds, and one may take some; what is longer is a gap. */
    static final Duration GAP = Duration.ofMinutes(1);

    private final Duration limit;
    private final AlertBoard board;
    private final ReferenceNames names;
    private final SignalLog signals;
    private final BooleanSupplier fresh;
    private final BooleanSupplier onDuty;
    private Instant since = Instant.MAX;
    private @Nullable Instant last;

    /**
     * @param limit how long a record may wait
     * @param fresh whether the board shows what is in Kafka; never blocks
     * @param onDuty whether this instance speaks, of several; never blocks
     */
    public ReaderWatch(
            Duration limit,
            AlertBoard board,
            ReferenceNames names,
            SignalLog signals,
            BooleanSupplier fresh,
            BooleanSupplier onDuty) {
        this.limit = limit;
        this.board = board;
        this.names = names;
        this.signals = signals;
        this.fresh = fresh;
        this.onDuty = onDuty;
    }

    /** Takes what was read just now. */
    @Override
    public void accept(Reading reading) {
        boolean gap = last == null || Duration.between(last, reading.at()).compareTo(GAP) > 0;
        if (gap || !fresh.getAsBoolean()) {
            since = reading.at();
        }
        last = reading.at();
        if (!onDuty.getAsBoolean() || !fresh.getAsBoolean()) {
            return;
        }
        for (Receipt receipt : reading.receipts()) {
            names.unit(receipt.unit())
                    .filter(ReaderWatch::hasTopics)
                    .flatMap(unit -> judge(receipt, unit, reading.at()))
                    .ifPresent(signals::append);
        }
    }

    private static boolean hasTopics(Unit unit) {
        return Topics.hasTownshipTopics(unit.getKind()) || unit.getKind() == UnitKind.DEPARTMENT;
    }

    private Optional<AlertSignal> judge(Receipt receipt, Unit unit, Instant now) {
        Optional<Alert> alert = board.get(Realm.LIVE, ReaderAlert.id(receipt));
        boolean open = alert.filter(AlertBoard::isOpen).isPresent();
        boolean quiet = alert.map(Alert::getQuietSince).isPresent();
        Instant oldest = receipt.oldestUnread();
        if (oldest == null || oldest.plus(limit).isAfter(now)) {
            return open && !quiet ? Optional.of(ReaderAlert.cleared(receipt, unit, command(), now)) : Optional.empty();
        }
        Instant due = (oldest.isBefore(since) ? since : oldest).plus(limit);
        boolean told = open
                ? !quiet
                : alert.map(Alert::getEventTime).filter(oldest::equals).isPresent();
        return told || due.isAfter(now)
                ? Optional.empty()
                : Optional.of(ReaderAlert.raised(receipt, unit, command(), oldest, limit, due));
    }

    private Optional<String> command() {
        return board.duty().cityCommand();
    }
}
