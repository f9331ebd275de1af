package io.fengsui.seeds;

import io.fengsui.reference.Device;
import io.fengsui.reference.Parameter;
import io.fengsui.reference.ParameterScope;
import io.fengsui.reference.Site;
import io.fengsui.seeds.csv.Located;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Refuses a level on the wrong side of the level that it must not be below (an alarm below its warning), as it would
 * hold for a device once site, unit, city and default values are resolved.
 */
final class ThresholdCheck {
    private final Map<String, Located<Parameter>> parameters;
    private final Map<String, Located<Site>> sites;
    private final Map<String, Located<Device>> devices;

    ThresholdCheck(
            Map<String, Located<Parameter>> parameters,
            Map<String, Located<Site>> sites,
            Map<String, Located<Device>> devices) {
        this.parameters = parameters;
        this.sites = sites;
        this.devices = devices;
    }

    void run(Map<String, DeclaredParameter> declared) {
        for (DeclaredParameter upper : declared.values()) {
            DeclaredParameter floor = upper.atLeast() == null ? null : declared.get(upper.atLeast());
            if (floor == null) {
                continue;
            }
            for (Located<Parameter> row : List.copyOf(parameters.values())) {
                String name = row.value().getName();
                if (name.equals(upper.name()) || (name.equals(floor.name()) && find(row.value(), upper) == null)) {
                    check(row, upper, floor);
                }
            }
        }
    }

    /** Judged where the more specific half of a pair stands; if both stand there, at the upper one. */
    private void check(Located<Parameter> row, DeclaredParameter upper, DeclaredParameter floor) {
        double value = resolve(row.value(), upper);
        double least = resolve(row.value(), floor);
        if (value < least) {
            row.row()
                    .error(
                            "value",
                            "found " + upper.name() + " " + value + ", expected it not below " + floor.name()
                                    + ", which is " + least + " here");
        }
    }

    /** The value that the row's own place sets, or null. */
    private @Nullable Located<Parameter> find(Parameter at, DeclaredParameter parameter) {
        return parameters.get(SeedSet.key(at.getScope(), at.getId(), parameter.name()));
    }

    private double resolve(Parameter at, DeclaredParameter parameter) {
        return chain(at.getScope(), at.getId()).stream()
                .map(place -> parameters.get(place + "|" + parameter.name()))
                .filter(Objects::nonNull)
                .findFirst()
                .map(found -> found.value().getValue())
                .orElse(parameter.defaultValue());
    }

    /** Scope and id of the places that a value is looked up at, the most specific first. */
    private List<String> chain(ParameterScope scope, String id) {
        List<String> chain = new ArrayList<>();
        chain.add(scope + "|" + id);
        if (scope == ParameterScope.DEVICE) {
            Located<Device> device = devices.get(id);
            if (device != null && device.value().getSiteId() != null) {
                chain.addAll(chain(ParameterScope.SITE, device.value().getSiteId()));
            } else if (device != null && device.value().getUnitId() != null) {
                chain.addAll(chain(ParameterScope.UNIT, device.value().getUnitId()));
            }
        } else if (scope == ParameterScope.SITE) {
            Located<Site> site = sites.get(id);
            if (site != null) {
                site.value().getUnitIds().forEach(unit -> chain.add(ParameterScope.UNIT + "|" + unit));
            }
        }
        chain.add(ParameterScope.CITY + "|" + SeedSet.ANY);
        return chain;
    }
}
