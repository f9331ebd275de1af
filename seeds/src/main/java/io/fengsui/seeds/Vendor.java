package io.fengsui.seeds;

import io.fengsui.seeds.csv.CsvRow;
import io.fengsui.seeds.csv.CsvTable;
import io.fengsui.seeds.csv.Located;
import io.fengsui.seeds.csv.Problems;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A vendor: an MQTT user that publishes below its own topic level.
 *
 * @param id MQTT user name, and the vendor level of its topics
 */
public record Vendor(String id, String nameZh, String nameEn) {
    static final String FILE = "vendors.csv";

    /** MQTT user of the bridge; no vendor may have it. */
    private static final String BRIDGE = "fengsui-bridge";

    static Map<String, Located<Vendor>> read(Path directory, Problems problems) {
        CsvTable table = CsvTable.read(directory, FILE, List.of("vendor", "nameZh", "nameEn", "note"), problems);
        return Located.byKey(table, "vendor", Vendor::of, Vendor::id);
    }

    private static Vendor of(CsvRow row) {
        String id = row.nameId("vendor");
        if (id.equals(BRIDGE)) {
            row.error("vendor", "found the bridge's own user, expected a vendor's");
        }
        return new Vendor(id, row.required("nameZh"), row.required("nameEn"));
    }
}
