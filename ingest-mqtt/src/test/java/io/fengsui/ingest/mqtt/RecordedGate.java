package io.fengsui.ingest.mqtt;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A gate that a test opens and closes, and that keeps what it was told. */
final class RecordedGate implements MqttSource.Gate {
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final AtomicInteger asked = new AtomicInteger();
    private volatile String why = OPEN;

    void close(String because) {
        why = because;
    }

    void open() {
        why = OPEN;
    }

    int asked() {
        return asked.get();
    }

    List<String> told() {
        return List.copyOf(told);
    }

    @Override
    public String closedBecause() {
        asked.incrementAndGet();
        return why;
    }

    @Override
    public void connected(boolean sessionPresent) {
        told.add(sessionPresent ? "session present" : "new session");
    }

    @Override
    public void subscribed() {
        told.add("subscribed");
    }

    @Override
    public void lost() {
        told.add("lost");
    }
}
