package io.fengsui.standalone.docs.dashboard;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fengsui.platform.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * What is particular about a dashboard: its words, its questions, and how the answers are drawn.
 *
 * @param uid part of its address in Grafana, for ever
 * @param refresh how often it asks anew, in Grafana's way of writing
 * @param from how far back it looks, in seconds, minutes, hours or days
 * @param variables what one can choose by, of {@link Variable}
 */
public record DashboardSource(
        @JsonProperty(required = true) String uid,
        @JsonProperty(required = true) Text title,
        @JsonProperty(required = true) Text about,
        @JsonProperty(required = true) String refresh,
        @JsonProperty(required = true) String from,
        @JsonProperty(required = true) List<Variable> variables,
        @JsonProperty(required = true) List<Row> rows) {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .build();

    /** Chinese first. */
    public record Text(
            @JsonProperty(required = true) String zh,
            @JsonProperty(required = true) String en) {
        String both() {
            return zh + " · " + en;
        }
    }

    /** What one can choose by: a label. */
    public enum Variable {
        UNIT("单位 Unit", "label_values(unit)"),
        FEED("数据源 Feed", "label_values(fengsui_alerting_ledger_in_flight, feed)"),
        LANE("通道 Lane", "label_values(fengsui_streams_threads, lane)");

        private final String title;
        private final String query;

        Variable(String title, String query) {
            this.title = title;
            this.query = query;
        }

        /** Name in queries, behind a $. */
        String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        String title() {
            return title;
        }

        /** Of Grafana's Prometheus data source. */
        public String query() {
            return query;
        }
    }

    /** Panels under a heading. */
    public record Row(
            @JsonProperty(required = true) Text title,
            @JsonProperty(required = true) List<Panel> panels) {}

    /** How answers are drawn. */
    public enum Kind {
        STAT,
        TIMESERIES,
        BARGAUGE,
        TABLE;

        /** Grafana's name. */
        String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A panel.
     *
     * @param help shown at its corner; null for none
     * @param unit in Grafana's way of writing; null for a plain number
     * @param width of 24
     * @param height in Grafana's lines of 30 pixels
     * @param warn from where on it is yellow; null for never
     * @param alarm from where on it is red; null for never; below warn if little is bad
     * @param severities whether its series are severities and have their colours
     * @param stacked whether series stand on each other
     * @param states words for values, such as "0"; null for none
     */
    public record Panel(
            @JsonProperty(required = true) Text title,
            @Nullable Text help,
            @JsonProperty(required = true) Kind kind,
            @Nullable String unit,
            @JsonProperty(required = true) int width,
            int height,
            @Nullable Double warn,
            @Nullable Double alarm,
            boolean severities,
            boolean stacked,
            @Nullable Map<String, Text> states,
            @JsonProperty(required = true) List<Query> queries) {}

    /**
     * A question.
     *
     * @param legend name of each series, with its labels in double braces; null for Grafana's own
     */
    public record Query(
            @JsonProperty(required = true) String expr,
            @Nullable String legend) {

        Optional<String> named() {
            return Optional.ofNullable(legend);
        }
    }

    /** @throws StartException that names the file and what is wrong with it */
    public static DashboardSource read(Path file) {
        try {
            Object tree = new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
            return JSON.convertValue(tree, DashboardSource.class);
        } catch (IOException | YAMLException | IllegalArgumentException e) {
            throw new StartException(file + ": " + e.getMessage(), e);
        }
    }
}
