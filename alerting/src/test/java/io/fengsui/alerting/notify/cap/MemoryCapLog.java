package io.fengsui.alerting.notify.cap;

import io.fengsui.alert.CapMessage;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Messages in memory. */
public final class MemoryCapLog implements CapLog {
    public volatile boolean read = true;
    public volatile boolean works = true;
    private final CapIndex index = new CapIndex(10_000);
    private final Map<String, CapMessage> messages = new ConcurrentHashMap<>();
    private final InstantSource clock;

    public MemoryCapLog(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public boolean isRead() {
        return read;
    }

    @Override
    public CapIndex index() {
        return index;
    }

    @Override
    public Optional<CapMessage> read(String identifier) {
        return Optional.ofNullable(messages.get(identifier));
    }

    @Override
    public boolean append(CapMessage message) {
        Instant now = clock.instant();
        if (works && index.add(CapEntry.of(message, now))) {
            messages.put(message.getIdentifier(), message);
        }
        return works;
    }
}
