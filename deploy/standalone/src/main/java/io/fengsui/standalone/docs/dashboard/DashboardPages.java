package io.fengsui.standalone.docs.dashboard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fengsui.platform.StartException;
import io.fengsui.standalone.docs.Page;
import io.fengsui.standalone.docs.dashboard.DashboardSource.Panel;
import io.fengsui.standalone.docs.dashboard.DashboardSource.Row;
import io.fengsui.standalone.docs.dashboard.DashboardSource.Variable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Writes Grafana's JSON, which repeats itself, so that the sources need not. */
public final class DashboardPages {
    /** Of Grafana 10.0; later ones bring it up to theirs when they load it. */
    private static final int SCHEMA_VERSION = 38;

    private static final int GRID_WIDTH = 24;
    private static final String TAG = "fengsui";
    private static final ObjectMapper JSON = new ObjectMapper();

    private DashboardPages() {}

    /** @param sources directory of the sources */
    public static List<Page> pages(Path sources) {
        return sources(sources)
                .map(DashboardSource::read)
                .map(dashboard ->
                        new Page("../deploy/grafana/dashboards/" + dashboard.uid() + ".json", text(json(dashboard))))
                .toList();
    }

    private static Stream<Path> sources(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(ObjectNode json) {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n";
        } catch (JsonProcessingException e) {
            throw new StartException("A dashboard cannot be written: " + e.getMessage(), e);
        }
    }

    private static ObjectNode json(DashboardSource source) {
        ObjectNode dashboard = JsonNodeFactory.instance.objectNode();
        dashboard.put("uid", source.uid());
        dashboard.put("title", source.title().both());
        dashboard.put("description", source.about().both());
        dashboard.putArray("tags").add(TAG);
        dashboard.put("timezone", "Asia/Shanghai");
        dashboard.put("schemaVersion", SCHEMA_VERSION);
        dashboard.put("version", 1);
        dashboard.put("editable", false);
        dashboard.put("graphTooltip", 1);
        dashboard.put("refresh", source.refresh());
        dashboard.putObject("time").put("from", "now-" + source.from()).put("to", "now");
        dashboard.putObject("timepicker");
        links(dashboard.putArray("links"));
        annotations(dashboard.putObject("annotations").putArray("list"));
        variables(source, dashboard.putObject("templating").putArray("list"));
        panels(source, dashboard.putArray("panels"));
        return dashboard;
    }

    private static void links(ArrayNode links) {
        links.addObject()
                .put("type", "dashboards")
                .put("title", "烽燧 Fengsui")
                .put("asDropdown", true)
                .put("includeVars", true)
                .put("keepTime", true)
                .put("targetBlank", false)
                .putArray("tags")
                .add(TAG);
    }

    /** Alerts on the pipeline itself, as marks on every graph. */
    private static void annotations(ArrayNode annotations) {
        ObjectNode alerts = annotations.addObject();
        alerts.put("name", "流水线告警 Pipeline alerts");
        alerts.set("datasource", PanelJson.prometheus());
        alerts.put("enable", true);
        alerts.put("hide", false);
        alerts.put("iconColor", "red");
        alerts.put("expr", "ALERTS{alertname=~\"Fengsui.+\",alertname!=\"FengsuiWatchdog\",alertstate=\"firing\"}");
        alerts.put("step", "60s");
        alerts.put("titleFormat", "{{alertname}}");
        alerts.put("textFormat", "{{severity}} {{instance}} {{feed}} {{slot}} {{lane}} {{unit}}");
    }

    private static void variables(DashboardSource source, ArrayNode list) {
        for (Variable variable : source.variables()) {
            ObjectNode json = list.addObject();
            json.put("name", variable.id());
            json.put("label", variable.title());
            json.put("type", "query");
            json.set("datasource", PanelJson.prometheus());
            json.put("definition", variable.query());
            json.putObject("query").put("query", variable.query()).put("refId", "StandardVariableQuery");
            json.put("refresh", 2);
            json.put("sort", 1);
            json.put("multi", true);
            json.put("includeAll", true);
            json.put("allValue", ".*");
            json.put("hide", 0);
            json.put("skipUrlSync", false);
            json.put("regex", "");
            json.putArray("options");
            ObjectNode current = json.putObject("current");
            current.put("selected", true);
            current.putArray("text").add("All");
            current.putArray("value").add("$__all");
        }
    }

    /** In rows from left to right; a row's heading is one line high. */
    private static void panels(DashboardSource source, ArrayNode panels) {
        int y = 0;
        int id = 1;
        for (Row row : source.rows()) {
            ObjectNode heading = panels.addObject();
            heading.put("id", id++);
            heading.put("type", "row");
            heading.put("title", row.title().both());
            heading.put("collapsed", false);
            heading.set("gridPos", PanelJson.gridPos(0, y++, GRID_WIDTH, 1));
            heading.putArray("panels");
            int x = 0;
            int lineHeight = 0;
            for (Panel panel : row.panels()) {
                if (x + panel.width() > GRID_WIDTH) {
                    y += lineHeight;
                    x = 0;
                    lineHeight = 0;
                }
                int height = panel.height() == 0 ? PanelJson.HEIGHT : panel.height();
                panels.add(PanelJson.of(panel, id++, PanelJson.gridPos(x, y, panel.width(), height)));
                x += panel.width();
                lineHeight = Math.max(lineHeight, height);
            }
            y += lineHeight;
        }
    }
}
