package io.fengsui.standalone.docs.dashboard;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fengsui.standalone.docs.dashboard.DashboardSource.Kind;
import io.fengsui.standalone.docs.dashboard.DashboardSource.Panel;
import io.fengsui.standalone.docs.dashboard.DashboardSource.Query;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A panel as Grafana has it. */
final class PanelJson {
    static final int HEIGHT = 8;

    /** As deploy/grafana/provisioning gives it. */
    private static final String PROMETHEUS = "fengsui-prometheus";

    /** Of the levels of emergencies, as everywhere in Fengsui. */
    private static final Map<String, String> SEVERITY_COLOURS = severityColours();

    private PanelJson() {}

    private static Map<String, String> severityColours() {
        Map<String, String> colours = new LinkedHashMap<>();
        colours.put("I", "red");
        colours.put("II", "orange");
        colours.put("III", "yellow");
        colours.put("IV", "blue");
        return colours;
    }

    static ObjectNode prometheus() {
        return node().put("type", "prometheus").put("uid", PROMETHEUS);
    }

    static ObjectNode gridPos(int x, int y, int width, int height) {
        return node().put("h", height).put("w", width).put("x", x).put("y", y);
    }

    static ObjectNode of(Panel source, int id, ObjectNode gridPos) {
        ObjectNode panel = node();
        panel.put("id", id);
        panel.put("type", source.kind().id());
        panel.put("title", source.title().both());
        if (source.help() != null) {
            panel.put("description", source.help().both());
        }
        panel.set("datasource", prometheus());
        panel.set("gridPos", gridPos);
        fieldConfig(source, panel.putObject("fieldConfig"));
        options(source.kind(), panel.putObject("options"));
        targets(source, panel.putArray("targets"));
        if (source.kind() == Kind.TABLE) {
            withoutTime(panel.putArray("transformations"));
        }
        return panel;
    }

    private static void fieldConfig(Panel source, ObjectNode config) {
        ObjectNode defaults = config.putObject("defaults");
        if (source.unit() != null) {
            defaults.put("unit", source.unit());
        }
        boolean graded = source.warn() != null || source.alarm() != null;
        boolean lines = source.kind() == Kind.TIMESERIES;
        defaults.putObject("color").put("mode", graded && !lines ? "thresholds" : "palette-classic");
        thresholds(source, defaults.putObject("thresholds"));
        mappings(source, defaults.putArray("mappings"));
        if (lines) {
            defaults.put("min", 0);
            lines(source, defaults.putObject("custom"), graded);
        }
        ArrayNode overrides = config.putArray("overrides");
        if (source.severities()) {
            SEVERITY_COLOURS.forEach((severity, colour) -> override(overrides.addObject(), severity, colour));
        }
    }

    /** Little is bad where the alarm lies below the warning. */
    private static void thresholds(Panel source, ObjectNode thresholds) {
        thresholds.put("mode", "absolute");
        ArrayNode steps = thresholds.putArray("steps");
        Double warn = source.warn();
        Double alarm = source.alarm();
        if (warn != null && alarm != null && alarm < warn) {
            step(steps, "red", null);
            step(steps, "yellow", alarm);
            step(steps, "green", warn);
            return;
        }
        step(steps, "green", null);
        if (warn != null) {
            step(steps, "yellow", warn);
        }
        if (alarm != null) {
            step(steps, "red", alarm);
        }
    }

    private static void step(ArrayNode steps, String colour, @Nullable Double from) {
        steps.addObject().put("color", colour).put("value", from);
    }

    private static void mappings(Panel source, ArrayNode mappings) {
        if (source.states() != null) {
            ObjectNode mapping = mappings.addObject().put("type", "value");
            ObjectNode options = mapping.putObject("options");
            int[] index = {0};
            source.states()
                    .forEach((value, text) ->
                            options.putObject(value).put("text", text.both()).put("index", index[0]++));
        }
    }

    private static void lines(Panel source, ObjectNode custom, boolean graded) {
        custom.put("drawStyle", "line");
        custom.put("lineInterpolation", "linear");
        custom.put("lineWidth", 1);
        custom.put("fillOpacity", source.stacked() ? 30 : 8);
        custom.put("showPoints", "never");
        custom.put("spanNulls", false);
        custom.putObject("stacking")
                .put("mode", source.stacked() ? "normal" : "none")
                .put("group", "A");
        custom.putObject("thresholdsStyle").put("mode", graded ? "dashed" : "off");
    }

    private static void override(ObjectNode override, String series, String colour) {
        override.putObject("matcher").put("id", "byName").put("options", series);
        override.putArray("properties")
                .addObject()
                .put("id", "color")
                .putObject("value")
                .put("mode", "fixed")
                .put("fixedColor", colour);
    }

    private static void options(Kind kind, ObjectNode options) {
        switch (kind) {
            case STAT -> {
                lastValue(options);
                options.put("colorMode", "background");
                options.put("graphMode", "none");
                options.put("justifyMode", "center");
                options.put("orientation", "auto");
                options.put("textMode", "auto");
            }
            case BARGAUGE -> {
                lastValue(options);
                options.put("displayMode", "basic");
                options.put("orientation", "horizontal");
                options.put("showUnfilled", true);
                options.put("valueMode", "color");
            }
            case TIMESERIES -> {
                options.putObject("legend")
                        .put("displayMode", "list")
                        .put("placement", "bottom")
                        .put("showLegend", true)
                        .putArray("calcs");
                options.putObject("tooltip").put("mode", "multi").put("sort", "desc");
            }
            case TABLE -> options.put("showHeader", true).put("cellHeight", "sm");
        }
    }

    private static void lastValue(ObjectNode options) {
        options.putObject("reduceOptions")
                .put("fields", "")
                .put("values", false)
                .putArray("calcs")
                .add("lastNotNull");
    }

    private static void targets(Panel source, ArrayNode targets) {
        char refId = 'A';
        for (Query query : source.queries()) {
            ObjectNode target = targets.addObject();
            target.put("refId", String.valueOf(refId++));
            target.set("datasource", prometheus());
            target.put("editorMode", "code");
            target.put("expr", query.expr().strip());
            target.put("legendFormat", query.named().orElse("__auto"));
            target.put("range", source.kind() == Kind.TIMESERIES);
            target.put("instant", source.kind() != Kind.TIMESERIES);
            if (source.kind() == Kind.TABLE) {
                target.put("format", "table");
            }
        }
    }

    private static void withoutTime(ArrayNode transformations) {
        ObjectNode organize = transformations.addObject().put("id", "organize").putObject("options");
        ObjectNode excluded = organize.putObject("excludeByName");
        excluded.put("Time", true);
        excluded.put("__name__", true);
        excluded.put("alertstate", true);
        excluded.put("job", true);
        excluded.put("Value", true);
        organize.putObject("indexByName");
        organize.putObject("renameByName");
    }

    private static ObjectNode node() {
        return JsonNodeFactory.instance.objectNode();
    }
}
