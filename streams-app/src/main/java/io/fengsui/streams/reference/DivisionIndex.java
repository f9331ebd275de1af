package io.fengsui.streams.reference;

import io.fengsui.reference.DivisionCode;
import io.fengsui.reference.Unit;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Units by the statistical codes that stood for them, each in its time. Immutable. */
final class DivisionIndex {
    static final DivisionIndex EMPTY = new DivisionIndex(List.of());

    /** Digits of a town's code; three more are a village's. */
    private static final int TOWN = 9;

    private static final int VILLAGE = 12;

    private record Holder(Unit unit, DivisionCode code) {
        boolean holdsOn(LocalDate day) {
            LocalDate from = code.getValidFrom();
            return (from == null || !day.isBefore(from)) && !endedBefore(day);
        }

        boolean endedBefore(LocalDate day) {
            LocalDate to = code.getValidTo();
            return to != null && day.isAfter(to);
        }
    }

    private final Map<String, List<Holder>> byCode = new HashMap<>();

    DivisionIndex(Collection<Unit> units) {
        for (Unit unit : units) {
            unit.getCodes().forEach(code -> byCode.computeIfAbsent(code.getCode(), c -> new ArrayList<>(1))
                    .add(new Holder(unit, code)));
        }
    }

    /** A village's code that is not listed stands for its town. */
    Division find(String code, LocalDate day) {
        boolean village = code.length() == VILLAGE && !byCode.containsKey(code);
        List<Holder> holders = byCode.getOrDefault(village ? code.substring(0, TOWN) : code, List.of());
        for (Holder holder : holders) {
            if (holder.holdsOn(day)) {
                return new Division(code, holder.unit, village, null);
            }
        }
        Holder last = holders.stream()
                .filter(holder -> holder.endedBefore(day))
                .max(Comparator.comparing(holder -> Objects.requireNonNull(holder.code.getValidTo())))
                .orElse(null);
        return last == null
                ? new Division(code, null, village, null)
                : new Division(code, last.unit, village, last.code.getValidTo());
    }
}
