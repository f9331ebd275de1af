package io.fengsui.standalone.rules;

import io.fengsui.reference.Parameter;
import io.fengsui.reference.ParameterScope;
import io.fengsui.streams.rule.Param;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the values of parameters come from, in the order in which rules look: device, site, unit, city, else the default of the
 * rule file.
 *
 * @param rows of {@code ref.parameter}, by key
 */
public record ParameterOrigin(
        Map<String, Parameter> rows,
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
                .filter(row -> param.takes(row.getValue()));
    }
}
