package io.fengsui.alerting.notify.cap;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertSubject;
import io.fengsui.alert.AlertText;
import io.fengsui.alerting.incident.Position;
import io.fengsui.event.Place;
import io.fengsui.reference.DivisionCode;
import io.fengsui.reference.Unit;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where an alert holds.
 *
 * @param name in both languages
 * @param geocodes 12-digit division codes of its units, as far as they have one
 * @param circle latitude, longitude and radius in kilometres, WGS84; empty when the datum of the place is not known
 */
public record CapArea(AlertText name, List<String> geocodes, Optional<String> circle) {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    /** Kilometres: a device's place is good to some metres, its site some hundred metres wide. */
    private static final String RADIUS = "0.5";

    /** @param units the reference data */
    static CapArea of(Alert alert, Function<String, Optional<Unit>> units) {
        AlertSubject subject = alert.getSubject();
        List<Unit> known = subject.getUnitIds().stream()
                .map(units)
                .flatMap(Optional::stream)
                .toList();
        LocalDate day = alert.getEventTime().atZone(ZONE).toLocalDate();
        return new CapArea(
                new AlertText(name(subject, known, Unit::getNameZh, "、"), name(subject, known, Unit::getNameEn, ", ")),
                known.stream()
                        .flatMap(unit -> code(unit, day).stream())
                        .distinct()
                        .toList(),
                circle(subject.getPlace()));
    }

    private static String name(AlertSubject subject, List<Unit> units, Function<Unit, String> language, String comma) {
        List<String> names = new ArrayList<>(units.stream().map(language).toList());
        Place place = subject.getPlace();
        String spot = Stream.of(place == null ? "" : orEmpty(place.getSiteName()), subject.getName(), subject.getId())
                .filter(text -> !text.isBlank())
                .findFirst()
                .orElse("—");
        String around = names.isEmpty()
                ? subject.getUnitIds().stream().collect(Collectors.joining(comma))
                : String.join(comma, names);
        return around.isBlank() ? spot : around + " · " + spot;
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** The code of that day, 12 digits before 9; 9 digits are a town, filled up as the statistics office does. */
    private static Optional<String> code(Unit unit, LocalDate day) {
        return unit.getCodes().stream()
                .filter(code -> holds(code, day))
                .map(DivisionCode::getCode)
                .filter(code -> code.matches("\\d{9}|\\d{12}"))
                .min(Comparator.comparing(String::length).reversed().thenComparing(Comparator.naturalOrder()))
                .map(code -> code.length() == 9 ? code + "000" : code);
    }

    private static boolean holds(DivisionCode code, LocalDate day) {
        return (code.getValidFrom() == null || !code.getValidFrom().isAfter(day))
                && (code.getValidTo() == null || !code.getValidTo().isBefore(day));
    }

    private static Optional<String> circle(@Nullable Place place) {
        return place == null
                ? Optional.empty()
                : Position.of(place.getPoint())
                        .map(spot ->
                                String.format(Locale.ROOT, "%.5f,%.5f %s", spot.latitude(), spot.longitude(), RADIUS));
    }
}
