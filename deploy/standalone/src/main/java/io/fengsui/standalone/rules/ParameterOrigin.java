package io.fengsui.standalone.rules;

import io.fengsui.reference.Parameter;
import io.fengsui.reference.ParameterScope;
import io.fengsui.schema.reference.Dated;
import io.fengsui.streams.rule.Param;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the values of parameters come from, in the order in which rules look: device, site, unit, city, else the default of the
 * rule file.
 *
 * @param rows of {@code ref.parameter}, by key
 * @param at on whose day
 */
public record ParameterOrigin(
        Map<String, Parameter> rows,
        Instant at,
        String deviceId,
        @Nullable String siteId,
        List<String> unitIds) {

    /** The row that holds, if one is set that the parameter takes. */
    public Optional<Parameter> find(Param param) {
        return row(ParameterScope.DEVICE, deviceId, param)
                .or(() -> siteId == null ? Optional.empty() : row(ParameterScope.SITE, siteId, param))
                .or(() -> unitIds.stream()
                        .flatMap(unit -> row(ParameterScope.UNIT, unit, param).stream())
                        .findFirst())
                .or(() -> row(ParameterScope.CITY, "*", param));
    }

    private Optional<Parameter> row(ParameterScope scope, String id, Param param) {
        return Optional.ofNullable(rows.get(scope + "|" + id + "|" + param.name()))
                .map(row -> Dated.PARAMETER.timeline(row).at(at))
                .filter(row -> param.takes(row.getValue()));
    }
}
