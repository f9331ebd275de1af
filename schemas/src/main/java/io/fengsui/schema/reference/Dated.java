package io.fengsui.schema.reference;

import io.fengsui.reference.Device;
import io.fengsui.reference.Parameter;
import io.fengsui.reference.Route;
import io.fengsui.reference.Site;
import io.fengsui.reference.Unit;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How the records of a table carry their days. A record holds all rows of its key, so that whoever reads it sees a change of
 * several of them whole or not at all: itself it is the row of the last days, {@code otherTimes} are the others.
 *
 * @param others rows of other days; null for a table whose keys have one row
 * @param withOthers a copy of a row that has them
 */
public record Dated<T>(
        Function<T, @Nullable LocalDate> from,
        Function<T, @Nullable LocalDate> to,
        @Nullable Function<T, List<T>> others,
        BiFunction<T, List<T>, T> withOthers) {

    public static final Dated<Unit> UNIT =
            new Dated<>(Unit::getValidFrom, Unit::getValidTo, null, (row, others) -> row);
    public static final Dated<Site> SITE =
            new Dated<>(Site::getValidFrom, Site::getValidTo, Site::getOtherTimes, (row, others) -> Site.newBuilder(row)
                    .setOtherTimes(others)
                    .build());
    public static final Dated<Device> DEVICE = new Dated<>(
            Device::getValidFrom, Device::getValidTo, Device::getOtherTimes, (row, others) -> Device.newBuilder(row)
                    .setOtherTimes(others)
                    .build());
    public static final Dated<Route> ROUTE = new Dated<>(
            Route::getValidFrom, Route::getValidTo, Route::getOtherTimes, (row, others) -> Route.newBuilder(row)
                    .setOtherTimes(others)
                    .build());
    public static final Dated<Parameter> PARAMETER = new Dated<>(
            Parameter::getValidFrom,
            Parameter::getValidTo,
            Parameter::getOtherTimes,
            (row, others) -> Parameter.newBuilder(row).setOtherTimes(others).build());

    /** Whether a key may have rows of several times. */
    public boolean mayRepeat() {
        return others != null;
    }

    public Timeline<T> timeline(T record) {
        return Timeline.of(rows(record), from, to);
    }

    /** All rows of a record, itself first. */
    public List<T> rows(T record) {
        List<T> former = others == null ? List.of() : others.apply(record);
        if (former.isEmpty()) {
            return List.of(record);
        }
        List<T> all = new ArrayList<>(former.size() + 1);
        all.add(record);
        all.addAll(former);
        return all;
    }

    /** Whether a record has one row, and that without end. Costs nothing. */
    public boolean always(T record) {
        return from.apply(record) == null
                && to.apply(record) == null
                && (others == null || others.apply(record).isEmpty());
    }

    /**
     * One record of all rows of a key.
     *
     * @param rows whose days do not overlap; one or more
     */
    public T record(List<T> rows) {
        List<T> ordered = Timeline.of(rows, from, to).rows();
        T last = ordered.get(ordered.size() - 1);
        return ordered.size() == 1 ? last : withOthers.apply(last, List.copyOf(ordered.subList(0, ordered.size() - 1)));
    }
}
