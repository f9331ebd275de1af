package io.fengsui.seeds;

import io.fengsui.reference.DivisionCode;
import io.fengsui.reference.Unit;
import io.fengsui.reference.UnitKind;
import io.fengsui.seeds.csv.CsvRow;
import io.fengsui.seeds.csv.CsvTable;
import io.fengsui.seeds.csv.Located;
import io.fengsui.seeds.csv.Problems;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** units.csv and unit-codes.csv: units, and the statistical codes that stood for them, each in its time. */
final class UnitTable {
    static final String FILE = "units.csv";
    static final String CODE_FILE = "unit-codes.csv";

    private static final Pattern CODE = Pattern.compile("[0-9]{9}|[0-9]{12}");

    private UnitTable() {}

    private record CodeRow(CsvRow row, String unitId, DivisionCode code) {
        LocalDate from() {
            return Objects.requireNonNullElse(code.getValidFrom(), LocalDate.MIN);
        }

        LocalDate to() {
            return Objects.requireNonNullElse(code.getValidTo(), LocalDate.MAX);
        }
    }

    static Map<String, Located<Unit>> read(Path directory, Optional<City> city, Problems problems) {
        CsvTable table = CsvTable.read(
                directory,
                FILE,
                List.of(
                        "unitId",
                        "kind",
                        "nameZh",
                        "nameEn",
                        "parent",
                        "aliases",
                        "longitude",
                        "latitude",
                        "datum",
                        "source"),
                Validity.COLUMNS,
                problems);
        Map<String, Located<Unit>> units = Located.byKey(table, "unitId", row -> unit(row, city), Unit::getUnitId);
        checkNames(units);
        return withCodes(units, codes(directory, units, problems));
    }

    private static Unit unit(CsvRow row, Optional<City> city) {
        UnitKind kind = row.symbol("kind", UnitKind.class);
        LocalDate from = row.date("validFrom");
        LocalDate to = row.date("validTo");
        Validity.check(row, from, to);
        return Unit.newBuilder()
                .setUnitId(row.nameId("unitId"))
                .setKind(kind == null ? UnitKind.UNKNOWN : kind)
                .setNameZh(row.required("nameZh"))
                .setNameEn(row.required("nameEn"))
                .setParent(row.optional("parent"))
                .setAliases(row.list("aliases"))
                .setValidFrom(from)
                .setValidTo(to)
                .setPoint(City.point(row, city, true))
                .setBounds(city.filter(box -> box.unitId().equals(row.text("unitId")))
                        .map(City::bounds)
                        .orElse(null))
                .build();
    }

    /** A name or alias that two units share would send a report by name astray. */
    private static void checkNames(Map<String, Located<Unit>> units) {
        Map<String, String> unitByName = new HashMap<>();
        for (Located<Unit> unit : units.values()) {
            List<String> names = new ArrayList<>(unit.value().getAliases());
            names.add(unit.value().getNameZh());
            for (String name : names) {
                String other = unitByName.putIfAbsent(name, unit.value().getUnitId());
                if (other != null) {
                    unit.row()
                            .error(
                                    "aliases",
                                    "found the name " + Problems.shown(name) + ", expected one that unit " + other
                                            + " has not");
                }
            }
        }
    }

    private static List<CodeRow> codes(Path directory, Map<String, Located<Unit>> units, Problems problems) {
        CsvTable table = CsvTable.read(
                directory, CODE_FILE, List.of("code", "unitId", "validFrom", "validTo", "source"), problems);
        List<CodeRow> codes = new ArrayList<>();
        for (CsvRow row : table.rows()) {
            String code = row.text("code");
            if (!CODE.matcher(code).matches()) {
                row.error("code", "found " + Problems.shown(code) + ", expected 9 or 12 digits");
            }
            LocalDate from = row.date("validFrom");
            LocalDate to = row.date("validTo");
            Validity.check(row, from, to);
            References.find(row, "unitId", row.text("unitId"), units, FILE)
                    .ifPresent(unit -> References.within(row, "unitId", from, to, unit));
            codes.add(new CodeRow(row, row.text("unitId"), new DivisionCode(code, from, to)));
        }
        checkOverlaps(codes);
        return codes;
    }

    private static void checkOverlaps(List<CodeRow> codes) {
        Map<String, List<CodeRow>> byCode = new LinkedHashMap<>();
        codes.forEach(c -> byCode.computeIfAbsent(c.code().getCode(), code -> new ArrayList<>())
                .add(c));
        for (List<CodeRow> rows : byCode.values()) {
            rows.sort(Comparator.comparing(CodeRow::from));
            @Nullable CodeRow former = null;
            for (CodeRow row : rows) {
                if (former != null && !row.from().isAfter(former.to())) {
                    row.row()
                            .error(
                                    "validFrom",
                                    "code " + row.code().getCode() + " is valid here and in "
                                            + row.row().placeOf(former.row())
                                            + " at once, expected days that do not overlap");
                }
                former = former == null || row.to().isAfter(former.to()) ? row : former;
            }
        }
    }

    private static Map<String, Located<Unit>> withCodes(Map<String, Located<Unit>> units, List<CodeRow> codes) {
        Map<String, List<DivisionCode>> byUnit = new HashMap<>();
        codes.forEach(
                c -> byUnit.computeIfAbsent(c.unitId(), id -> new ArrayList<>()).add(c.code()));
        Map<String, Located<Unit>> complete = new LinkedHashMap<>();
        units.forEach((id, unit) -> complete.put(
                id,
                new Located<>(
                        unit.row(),
                        Unit.newBuilder(unit.value())
                                .setCodes(byUnit.getOrDefault(id, List.of()))
                                .build())));
        return complete;
    }
}
