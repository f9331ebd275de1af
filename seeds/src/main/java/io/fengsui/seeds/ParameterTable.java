package io.fengsui.seeds;

import io.fengsui.reference.Device;
import io.fengsui.reference.Parameter;
import io.fengsui.reference.ParameterScope;
import io.fengsui.reference.Site;
import io.fengsui.reference.Unit;
import io.fengsui.schema.reference.Dated;
import io.fengsui.seeds.csv.CsvRow;
import io.fengsui.seeds.csv.CsvTable;
import io.fengsui.seeds.csv.Located;
import io.fengsui.seeds.csv.Problems;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;

/** parameters.csv: values that rules use, for the city, a unit, a site or a device. */
final class ParameterTable {
    static final String FILE = "parameters.csv";

    private static final double LARGEST = 1e9;

    private final Map<String, Located<Unit>> units;
    private final Rows<Site> sites;
    private final Rows<Device> devices;

    ParameterTable(Map<String, Located<Unit>> units, Rows<Site> sites, Rows<Device> devices) {
        this.units = units;
        this.sites = sites;
        this.devices = devices;
    }

    /** @param declared what the rule files declare, by name */
    Rows<Parameter> read(Path directory, Map<String, DeclaredParameter> declared, Problems problems) {
        CsvTable table = CsvTable.read(
                directory, FILE, List.of("scope", "id", "name", "value", "source"), Validity.COLUMNS, problems);
        Rows<Parameter> parameters =
                Rows.read(table, "name", row -> parameter(row, declared), SeedSet::key, Dated.PARAMETER);
        SortedSet<LocalDate> days = parameters.changes();
        days.addAll(sites.changes());
        days.addAll(devices.changes());
        days.add(LocalDate.MIN);
        ThresholdCheck thresholds = new ThresholdCheck(declared);
        days.forEach(day -> thresholds.run(ResolvedParameters.on(day, parameters, sites, devices)));
        return parameters;
    }

    /** A value that cannot be read is NaN, which is on the wrong side of no other. */
    private Parameter parameter(CsvRow row, Map<String, DeclaredParameter> declared) {
        ParameterScope scope = row.symbol("scope", ParameterScope.class);
        String id = row.text("id");
        if (scope != null) {
            checkId(row, scope, id);
        }
        String name = row.id("name");
        DeclaredParameter declaration = declared.get(name);
        if (declaration == null && row.canBeHeldTo(RuleFiles.DIRECTORY)) {
            row.error(
                    "name",
                    "found " + Problems.shown(name) + ", expected a parameter that a file in " + RuleFiles.DIRECTORY
                            + "/ declares" + Problems.suggestion(name, declared.keySet()));
        }
        row.required("value");
        Double value = declaration == null
                ? row.number("value", -LARGEST, LARGEST)
                : row.number("value", declaration.min(), declaration.max());
        LocalDate from = row.date("validFrom");
        LocalDate to = row.date("validTo");
        Validity.check(row, from, to);
        return Parameter.newBuilder()
                .setScope(scope == null ? ParameterScope.UNKNOWN : scope)
                .setId(id)
                .setName(name)
                .setValue(value == null ? Double.NaN : value)
                .setSource(row.required("source"))
                .setValidFrom(from)
                .setValidTo(to)
                .build();
    }

    private void checkId(CsvRow row, ParameterScope scope, String id) {
        switch (scope) {
            case CITY -> {
                if (!id.equals(SeedSet.ANY)) {
                    row.error("id", "found " + Problems.shown(id) + ", expected * for scope CITY");
                }
            }
            case UNIT -> References.unitInCharge(row, "id", id, units);
            case SITE -> References.find(row, "id", id, sites.last(), SiteTable.FILE);
            case DEVICE -> References.find(row, "id", id, devices.last(), DeviceTable.FILE);
            case UNKNOWN -> row.error("scope", "found UNKNOWN, expected a scope");
        }
    }
}
