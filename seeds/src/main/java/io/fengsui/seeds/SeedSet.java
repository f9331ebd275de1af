package io.fengsui.seeds;

import io.fengsui.reference.Device;
import io.fengsui.reference.DutyRules;
import io.fengsui.reference.IncidentRules;
import io.fengsui.reference.MaintenanceWindow;
import io.fengsui.reference.Parameter;
import io.fengsui.reference.ParameterScope;
import io.fengsui.reference.Route;
import io.fengsui.reference.RuleFile;
import io.fengsui.reference.Site;
import io.fengsui.reference.Unit;
import io.fengsui.reference.UnitKind;
import io.fengsui.reference.VendorFactors;
import io.fengsui.schema.serde.TrustedRecords;
import io.fengsui.seeds.csv.Located;
import io.fengsui.seeds.csv.Problems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The reference data of one city, whole and checked: every reference leads somewhere, every rule compiles. Immutable.
 * Maps have the order of the files and the keys of the {@code ref.*} topics.
 *
 * @param vendors by MQTT user name
 * @param units by unit id
 * @param sites by site id
 * @param devices by device id
 * @param routes by feed, '|', site kind or '*'
 * @param parameters by scope, '|', id, '|', name
 * @param factors by vendor
 * @param maintenance announced work by its id
 * @param rules by feed
 * @param incidents how alerts become incidents; one, or none
 * @param duty deadlines of alerts; one, or none
 * @param unset parameters that have no value for some devices, a line each: the rules say nothing there
 * @param warnings what a person should look at though it refuses nothing, {@code file:line: column: …}
 */
public record SeedSet(
        City city,
        Map<String, Vendor> vendors,
        Map<String, Unit> units,
        Map<String, Site> sites,
        Map<String, Device> devices,
        Map<String, Route> routes,
        Map<String, Parameter> parameters,
        Map<String, VendorFactors> factors,
        Map<String, MaintenanceWindow> maintenance,
        Map<String, RuleFile> rules,
        Map<String, IncidentRules> incidents,
        Map<String, DutyRules> duty,
        List<String> unset,
        List<String> warnings) {

    /** Stands for any site kind in routes and for the city in parameters. */
    public static final String ANY = "*";

    /**
     * Reads and checks a directory (docs in its SOURCE.md).
     *
     * @throws SeedException with every error in it, if there is one
     */
    public static SeedSet load(Path directory) {
        return load(directory, Map.of());
    }

    /**
     * The same with other rule files.
     *
     * @param rules files that stand for those of the directory, by feed
     */
    public static SeedSet load(Path directory, Map<String, Path> rules) {
        TrustedRecords.trust();
        if (!Files.isDirectory(directory)) {
            throw new SeedException("Seed set " + directory, List.of(directory + ":1: there is no such directory"));
        }
        Problems problems = new Problems();
        Optional<Located<City>> cityRow = City.read(directory, problems);
        Optional<City> city = cityRow.map(Located::value);
        Map<String, Located<Vendor>> vendors = Vendor.read(directory, problems);
        Map<String, Located<Unit>> units = UnitTable.read(directory, city, problems);
        checkTree(units, cityRow);
        Rows<Site> sites = SiteTable.read(directory, city, units, problems);
        Rows<Route> routes = RouteTable.read(directory, units, problems);
        Rows<Device> devices = new DeviceTable(vendors, units, sites, routes).read(directory, city, problems);
        Map<String, VendorFactors> factors = new FactorTable(vendors).read(directory, problems);
        Map<String, Located<MaintenanceWindow>> maintenance =
                new MaintenanceTable(units, sites.last(), devices.last()).read(directory, problems);
        RuleFiles ruleFiles = RuleFiles.read(directory, rules, problems);
        Rows<Parameter> parameters =
                new ParameterTable(units, sites, devices).read(directory, ruleFiles.parameters(), problems);
        Map<String, IncidentRules> incidents = IncidentFile.read(directory, ruleFiles.ruleIds(), problems);
        Map<String, DutyRules> duty = DutyRulesFile.read(
                directory,
                rule -> !problems.isComplete(RuleFiles.DIRECTORY)
                        || ruleFiles.ruleIds().contains(rule)
                        || IncidentFile.names(incidents, rule),
                unit -> !problems.isComplete(UnitTable.FILE)
                        || (units.containsKey(unit) && units.get(unit).value().getKind() == UnitKind.DEPARTMENT),
                problems);
        if (problems.errorCount() > 0) {
            throw new SeedException("Seed set " + directory, problems.errors());
        }
        return new SeedSet(
                city.orElseThrow(),
                values(vendors),
                values(units),
                sites.records(),
                devices.records(),
                routes.records(),
                parameters.records(),
                factors,
                values(maintenance),
                Collections.unmodifiableMap(ruleFiles.files()),
                incidents,
                duty,
                ResolvedParameters.on(LocalDate.MAX, parameters, sites, devices).unset(ruleFiles.parameters()),
                problems.warnings());
    }

    /** The same with other devices. */
    public SeedSet with(Map<String, Device> others) {
        return new SeedSet(
                city,
                vendors,
                units,
                sites,
                others,
                routes,
                parameters,
                factors,
                maintenance,
                rules,
                incidents,
                duty,
                unset,
                warnings);
    }

    /** The same with other rule files. */
    SeedSet withRules(Map<String, RuleFile> others) {
        return new SeedSet(
                city,
                vendors,
                units,
                sites,
                devices,
                routes,
                parameters,
                factors,
                maintenance,
                others,
                incidents,
                duty,
                unset,
                warnings);
    }

    /** Key of a route in its topic. */
    public static String key(Route route) {
        return route.getFeed() + "|" + route.getSiteKind();
    }

    /** Key of a parameter in its topic. */
    public static String key(Parameter parameter) {
        return key(parameter.getScope(), parameter.getId(), parameter.getName());
    }

    static String key(ParameterScope scope, String id, String name) {
        return scope + "|" + id + "|" + name;
    }

    private static void checkTree(Map<String, Located<Unit>> units, Optional<Located<City>> city) {
        for (Located<Unit> unit : units.values()) {
            String parent = unit.value().getParent();
            if (parent == null) {
                if (unit.value().getKind() != UnitKind.CITY) {
                    unit.row().error("parent", "the cell is empty, expected the unit above");
                }
            } else {
                References.find(unit.row(), "parent", parent, units, UnitTable.FILE)
                        .filter(above -> above.getKind() != UnitKind.CITY)
                        .ifPresent(above -> unit.row()
                                .error("parent", "found " + Problems.shown(parent) + ", expected a unit of kind CITY"));
            }
        }
        city.ifPresent(of -> References.find(of.row(), "unitId", of.value().unitId(), units, UnitTable.FILE)
                .filter(unit -> unit.getKind() != UnitKind.CITY)
                .ifPresent(unit -> of.row()
                        .error(
                                "unitId",
                                "found " + Problems.shown(unit.getUnitId()) + " of kind " + unit.getKind()
                                        + ", expected a CITY")));
    }

    private static <T> Map<String, T> values(Map<String, Located<T>> located) {
        Map<String, T> values = new LinkedHashMap<>();
        located.forEach((key, value) -> values.put(key, value.value()));
        return Collections.unmodifiableMap(values);
    }
}
