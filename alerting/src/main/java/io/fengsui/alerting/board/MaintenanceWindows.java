package io.fengsui.alerting.board;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertSubject;
import io.fengsui.event.Place;
import io.fengsui.reference.MaintenanceWindow;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** Announced work, from {@code ref.maintenance}. Safe for use by many threads. */
final class MaintenanceWindows {
    private final Map<String, MaintenanceWindow> windows = new ConcurrentSkipListMap<>();

    void accept(String windowId, @Nullable MaintenanceWindow window) {
        if (window == null) {
            windows.remove(windowId);
        } else {
            windows.put(windowId, window);
        }
    }

    Optional<MaintenanceWindow> get(String windowId) {
        return Optional.ofNullable(windows.get(windowId));
    }

    /** The work that goes on where an alert is. */
    Optional<MaintenanceWindow> covering(Alert alert, Instant now) {
        for (MaintenanceWindow window : windows.values()) {
            boolean open = !now.isBefore(window.getFrom()) && now.isBefore(window.getTo());
            if (open && isAt(window, alert.getSubject())) {
                return Optional.of(window);
            }
        }
        return Optional.empty();
    }

    private static boolean isAt(MaintenanceWindow window, AlertSubject subject) {
        String id = window.getId();
        Place place = subject.getPlace();
        return switch (window.getScope()) {
            case DEVICE -> id.equals(subject.getId());
            case GATEWAY -> id.equals(subject.getGatewayId()) || id.equals(subject.getId());
            case SITE -> place != null && id.equals(place.getSiteId());
            case UNIT -> place != null && place.getUnitIds().contains(id);
            case UNKNOWN -> false;
        };
    }
}
