package io.fengsui.alerting.notify.cap;

import io.fengsui.alert.CapMessage;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** Messages in memory. */
public final class MemoryCapLog implements CapLog {
    public volatile boolean read = true;
    public volatile boolean works = true;
    private final CapIndex index;
    private final Map<String, CapMessage> messages = new ConcurrentHashMap<>();
    private final List<CapEntry> entries = new CopyOnWriteArrayList<>();
    private final InstantSource clock;

    public MemoryCapLog(InstantSource clock) {
        this(clock, 10_000, 10_000, alertId -> true);
    }

    MemoryCapLog(InstantSource clock, int listed, int most, Predicate<String> isHeld) {
        this.clock = clock;
        this.index = new CapIndex(listed, most, isHeld, this::recall);
    }

    private Optional<CapEntry> recall(long offset) {
        if (!works) {
            throw new CapUnreadableException("the log does not work", new IOException("test"));
        }
        return Optional.of(entries.get((int) offset));
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
        CapEntry entry = CapEntry.of(message, now);
        if (works && index.add(entry, entries.size())) {
            entries.add(entry);
            messages.put(message.getIdentifier(), message);
        }
        return works;
    }
}
