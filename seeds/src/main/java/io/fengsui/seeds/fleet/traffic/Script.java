package io.fengsui.seeds.fleet.traffic;

import io.fengsui.schema.feed.Feed;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * What the simulated devices of a feed say, from {@code <feed>.yaml} beside this class:
 *
 * <pre>{@code
 * order: incidentNo                        # field with a new number for each story; only of feeds that have one
 * report:                                  # what is said as a rule, by field
 *   levelMetres: 3.05 ± 0.1                # a number around a middle
 *   rainTotalMillimetres: + 0.2            # a counter that rises by up to so much
 *   kind: [TRAFFIC, DISPUTE]               # one of them, the same for a whole story
 *   state: RECEIVED > DISPATCHED > CLOSED  # one after the other: a story has as many reports
 *   callerName: 样例                       # always this
 * alarm:                                   # what is said instead when something is wrong
 *   levelMetres: 3.9 > 4.2 > 4.6 > 4.0 > 3.4
 * }</pre>
 *
 * @param order field that numbers stories; null if there is none
 * @param report values as written, by field
 * @param alarm the same of an alarm: those of the report that it replaces included
 */
record Script(@Nullable String order, Map<String, Object> report, Map<String, Object> alarm) {
    static final String THEN = " > ";

    /**
     * Reads a feed's script; empty if it has none.
     *
     * @throws IllegalStateException if it is wrong; names file and key
     */
    static Optional<Script> of(Feed<?> feed) {
        String file = feed.id() + ".yaml";
        try (InputStream in = Script.class.getResourceAsStream(file)) {
            if (in == null) {
                return Optional.empty();
            }
            Object root = new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
            if (!(root instanceof Map<?, ?> keys) || !(keys.get("report") instanceof Map<?, ?> report)) {
                throw new IllegalStateException(file + ": expected the key 'report' with values by field");
            }
            Map<?, ?> alarm = keys.get("alarm") instanceof Map<?, ?> values ? values : Map.of();
            Map<String, Object> ordinary = values(feed, file, report);
            Map<String, Object> wrong = new LinkedHashMap<>(ordinary);
            wrong.putAll(values(feed, file, alarm));
            return Optional.of(new Script((String) keys.get("order"), ordinary, wrong));
        } catch (IOException e) {
            throw new UncheckedIOException(file, e);
        }
    }

    /** Reports of a story: as many as its longest sequence has steps. */
    static int length(Map<String, Object> values) {
        return values.values().stream()
                .mapToInt(value -> value instanceof String text ? text.split(THEN).length : 1)
                .max()
                .orElse(1);
    }

    private static Map<String, Object> values(Feed<?> feed, String file, Map<?, ?> written) {
        Map<String, Object> values = new LinkedHashMap<>();
        written.forEach((key, value) -> {
            boolean usable = value instanceof List<?> choices
                    ? !choices.isEmpty()
                    : value instanceof String || value instanceof Number || value instanceof Boolean;
            if (!usable || feed.field(key.toString()).isEmpty()) {
                throw new IllegalStateException(file + ": " + key + ": expected a field of " + feed + " and its value");
            }
            values.put(key.toString(), value);
        });
        return values;
    }
}
