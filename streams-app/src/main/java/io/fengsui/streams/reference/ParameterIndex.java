package io.fengsui.streams.reference;

import io.fengsui.reference.Parameter;
import io.fengsui.reference.ParameterScope;
import io.fengsui.schema.reference.Dated;
import io.fengsui.schema.reference.Timeline;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoublePredicate;
import org.jspecify.annotations.Nullable;

/** Values by parameter name and then by scope, so that looking one up builds no keys. Safe for use by many threads. */
final class ParameterIndex {
    private static final String ANY = "*";

    private record Scopes(Map<ParameterScope, Map<String, Timeline<Double>>> values) {
        @Nullable
        Double find(ParameterScope scope, String id, DoublePredicate takes, Instant at) {
            Map<String, Timeline<Double>> ofScope = values.get(scope);
            Timeline<Double> ofPlace = ofScope == null ? null : ofScope.get(id);
            Double value = ofPlace == null ? null : ofPlace.at(at);
            return value != null && takes.test(value) ? value : null;
        }
    }

    private final Map<String, Parameter> records = new ConcurrentHashMap<>();
    private final Map<String, Scopes> byName = new ConcurrentHashMap<>();

    /** In one step: whoever looks meanwhile sees the former values or the new ones. */
    void put(String key, @Nullable Parameter record) {
        if (record != null) {
            records.put(key, record);
            scope(record).put(record.getId(), Dated.PARAMETER.timeline(record).map(Parameter::getValue));
            return;
        }
        Parameter former = records.remove(key);
        if (former != null) {
            scope(former).remove(former.getId());
        }
    }

    private Map<String, Timeline<Double>> scope(Parameter record) {
        return byName.computeIfAbsent(record.getName(), name -> new Scopes(new ConcurrentHashMap<>()))
                .values()
                .computeIfAbsent(record.getScope(), scope -> new ConcurrentHashMap<>());
    }

    @Nullable
    Double find(
            String name,
            DoublePredicate takes,
            String deviceId,
            @Nullable String siteId,
            List<String> unitIds,
            Instant at) {
        Scopes scopes = byName.get(name);
        if (scopes == null) {
            return null;
        }
        Double value = scopes.find(ParameterScope.DEVICE, deviceId, takes, at);
        if (value == null && siteId != null) {
            value = scopes.find(ParameterScope.SITE, siteId, takes, at);
        }
        for (int i = 0; value == null && i < unitIds.size(); i++) {
            value = scopes.find(ParameterScope.UNIT, unitIds.get(i), takes, at);
        }
        return value != null ? value : scopes.find(ParameterScope.CITY, ANY, takes, at);
    }
}
