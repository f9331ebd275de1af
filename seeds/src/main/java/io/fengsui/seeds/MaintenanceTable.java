package io.fengsui.seeds;

import io.fengsui.reference.Device;
import io.fengsui.reference.MaintenanceScope;
import io.fengsui.reference.MaintenanceWindow;
import io.fengsui.reference.Site;
import io.fengsui.reference.Unit;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.seeds.csv.CsvRow;
import io.fengsui.seeds.csv.CsvTable;
import io.fengsui.seeds.csv.Located;
import io.fengsui.seeds.csv.Problems;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** maintenance.csv: announced work, during which rules that say so tell nobody. */
final class MaintenanceTable {
    static final String FILE = "maintenance.csv";

    /** Longer than that it is no work but neglect, or a slip of the pen in the year. */
    private static final Duration LONGEST = Duration.ofDays(31);

    private final Map<String, Located<Unit>> units;
    private final Map<String, Located<Site>> sites;
    private final Map<String, Located<Device>> devices;

    MaintenanceTable(
            Map<String, Located<Unit>> units, Map<String, Located<Site>> sites, Map<String, Located<Device>> devices) {
        this.units = units;
        this.sites = sites;
        this.devices = devices;
    }

    Map<String, Located<MaintenanceWindow>> read(Path directory, Problems problems) {
        CsvTable table =
                CsvTable.read(directory, FILE, List.of("windowId", "scope", "id", "from", "to", "reason"), problems);
        return Located.byKey(table, "windowId", this::window, MaintenanceWindow::getWindowId);
    }

    private MaintenanceWindow window(CsvRow row) {
        MaintenanceScope scope =
                Objects.requireNonNullElse(row.symbol("scope", MaintenanceScope.class), MaintenanceScope.UNKNOWN);
        String id = row.required("id");
        switch (scope) {
            case DEVICE -> References.find(row, "id", id, devices, DeviceTable.FILE);
            case GATEWAY ->
                References.find(row, "id", id, devices, DeviceTable.FILE)
                        .filter(device -> !device.getFeed().equals(Feeds.GATEWAY.id()))
                        .ifPresent(device -> row.error(
                                "id",
                                "found " + Problems.shown(id) + " of feed " + device.getFeed()
                                        + ", expected a gateway"));
            case SITE -> References.find(row, "id", id, sites, SiteTable.FILE);
            case UNIT -> References.unitInCharge(row, "id", id, units);
            case UNKNOWN -> {}
        }
        Instant from = time(row, "from");
        Instant to = time(row, "to");
        if (!from.isBefore(to)) {
            row.error("to", "found an end that is not after the beginning, expected a later time");
        } else if (Duration.between(from, to).compareTo(LONGEST) > 0) {
            row.error(
                    "to",
                    "found more than " + LONGEST.toDays()
                            + " days, expected a shorter window; renew it if it takes longer");
        }
        return new MaintenanceWindow(row.id("windowId"), scope, id, from, to, row.required("reason"));
    }

    private static Instant time(CsvRow row, String column) {
        String text = row.text(column);
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            row.error(
                    column,
                    "found " + Problems.shown(text)
                            + ", expected a time with its offset such as 2026-11-26T08:00:00+08:00");
            return Instant.EPOCH;
        }
    }
}
