package io.fengsui.ingest;

import io.fengsui.ingest.kafka.RecordSink;
import io.fengsui.ingest.mqtt.MqttSource;
import io.fengsui.ingest.mqtt.Slot;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The time for which this bridge holds a slot: before each connect the coordinator must confirm that it still does, and what
 * becomes of the session is told to {@link Handover}. All on the source's thread.
 *
 * <p>The session's id is kept with the coordinator, in the same note that confirms: only who holds the slot can write it, and
 * the next holder reads it. While a connect is under way the note says that the session may have become another one.
 */
final class Tenure implements MqttSource.Gate {
    private static final String IN_DOUBT = "?";

    /** Keeps a note of a slot that is held. */
    interface Holding {
        /** Empty once the note is kept, and so the slot is still held; else why not, for people. */
        String confirm(String note) throws InterruptedException;
    }

    /** Waits for a bounded time for what is more urgent. */
    interface Turn {
        void await() throws InterruptedException;
    }

    private final Slot slot;
    private final Holding holding;
    private final RecordSink sink;
    private final Turn turn;
    private final Handover handover;
    private final Supplier<String> newSession;
    private @Nullable String session;
    private @Nullable String asked;

    /**
     * @param note of the former holder
     * @param turn asked before each connect
     * @param newSession makes an id
     */
    Tenure(
            Slot slot,
            String note,
            Holding holding,
            RecordSink sink,
            Turn turn,
            Handover handover,
            Supplier<String> newSession) {
        this.slot = slot;
        this.holding = holding;
        this.sink = sink;
        this.turn = turn;
        this.handover = handover;
        this.newSession = newSession;
        this.session = note.isEmpty() || note.endsWith(IN_DOUBT) ? null : note;
    }

    @Override
    public String closedBecause() throws InterruptedException {
        String why = sink.reopen();
        if (!why.equals(OPEN)) {
            return why;
        }
        turn.await();
        why = holding.confirm((session == null ? "" : session) + IN_DOUBT);
        if (why.equals(OPEN)) {
            // The broker may make a new session, and its answer may never come.
            asked = session;
            session = null;
        }
        return why;
    }

    @Override
    public void connected(boolean sessionPresent) {
        if (!sessionPresent) {
            asked = null;
            handover.begun(slot);
        } else if (asked == null) {
            handover.withdraw(slot);
        }
    }

    @Override
    public void subscribed() throws InterruptedException {
        String now = asked == null ? newSession.get() : asked;
        session = now;
        String why = holding.confirm(now);
        if (!why.equals(OPEN)) {
            throw new IllegalStateException(why);
        }
        handover.subscribed(slot, now);
    }

    /** Others hear of it only from who still holds the slot: a successor that took the session over is no loss. */
    @Override
    public void lost() throws InterruptedException {
        handover.lost(slot);
        if (session != null && holding.confirm(session).equals(OPEN)) {
            handover.withdraw(slot);
        }
    }
}
