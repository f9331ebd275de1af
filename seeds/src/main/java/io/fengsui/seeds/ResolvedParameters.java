package io.fengsui.seeds;

import io.fengsui.reference.Device;
import io.fengsui.reference.Parameter;
import io.fengsui.reference.ParameterScope;
import io.fengsui.reference.Site;
import io.fengsui.seeds.csv.Located;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Parameters as they hold on one day for a device, a site, a unit or the city, once the places above are looked at. */
final class ResolvedParameters {
    private final Map<String, Located<Parameter>> parameters;
    private final Map<String, Located<Site>> sites;
    private final Map<String, Located<Device>> devices;

    private ResolvedParameters(
            Map<String, Located<Parameter>> parameters,
            Map<String, Located<Site>> sites,
            Map<String, Located<Device>> devices) {
        this.parameters = parameters;
        this.sites = sites;
        this.devices = devices;
    }

    static ResolvedParameters on(LocalDate day, Rows<Parameter> parameters, Rows<Site> sites, Rows<Device> devices) {
        return new ResolvedParameters(parameters.on(day), sites.on(day), devices.on(day));
    }

    List<Located<Parameter>> rows() {
        return List.copyOf(parameters.values());
    }

    /** Whether the place of a row itself sets another parameter. */
    boolean sets(Parameter at, DeclaredParameter parameter) {
        return parameters.containsKey(SeedSet.key(at.getScope(), at.getId(), parameter.name()));
    }

    /** The nearest value, else the default; null without either. */
    @Nullable
    Double resolve(ParameterScope scope, String id, DeclaredParameter parameter) {
        return chain(scope, id).stream()
                .map(place -> parameters.get(place + "|" + parameter.name()))
                .filter(Objects::nonNull)
                .findFirst()
                .map(found -> Double.valueOf(found.value().getValue()))
                .orElse(parameter.defaultValue());
    }

    /** What of the declared parameters has no value for some devices of its feed, a line each. */
    List<String> unset(Map<String, DeclaredParameter> declared) {
        List<String> lines = new ArrayList<>();
        for (DeclaredParameter parameter : declared.values()) {
            List<String> ids = devices.values().stream()
                    .map(Located::value)
                    .filter(device -> device.getFeed().equals(parameter.feed()))
                    .map(Device::getDeviceId)
                    .toList();
            long without = ids.stream()
                    .filter(id -> resolve(ParameterScope.DEVICE, id, parameter) == null)
                    .count();
            if (without > 0) {
                lines.add("param." + parameter.name() + " has no value for " + without + " of " + ids.size()
                        + " devices of " + parameter.feed() + ": what needs it says nothing about them");
            }
        }
        return lines;
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
