package io.fengsui.standalone.observe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A dashboard as it is given to Grafana. */
record Dashboard(String file, JsonNode json) {

    /** A question of a panel, or of what is marked on every graph. */
    record Question(String dashboard, String panel, String asked, String legend, boolean table) {

        /** As Grafana sends it when everything is chosen. */
        String expression() {
            return asked.replaceAll("\\$__(rate_interval|range|interval)\\b", "1m")
                    .replaceAll("\\$(unit|feed|lane)\\b", ".*");
        }

        @Override
        public String toString() {
            return dashboard + ": " + panel + ": " + asked;
        }
    }

    static List<Dashboard> all() {
        try (Stream<Path> files = Files.list(Provisioning.grafana().resolve("dashboards"))) {
            return files.sorted().map(Dashboard::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Dashboard read(Path file) {
        try {
            return new Dashboard(file.getFileName().toString(), new ObjectMapper().readTree(file.toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<JsonNode> panels() {
        return each(json.get("panels"))
                .filter(panel -> !panel.get("type").asText().equals("row"))
                .toList();
    }

    List<Question> questions() {
        List<Question> questions = new ArrayList<>();
        for (JsonNode panel : panels()) {
            each(panel.get("targets"))
                    .forEach(target -> questions.add(new Question(
                            file,
                            panel.get("title").asText(),
                            target.get("expr").asText(),
                            target.get("legendFormat").asText(),
                            target.path("format").asText().equals("table"))));
        }
        each(json.get("annotations").get("list"))
                .forEach(mark -> questions.add(new Question(
                        file,
                        mark.get("name").asText(),
                        mark.get("expr").asText(),
                        mark.get("titleFormat").asText(),
                        true)));
        return questions;
    }

    static Stream<JsonNode> each(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    @Override
    public String toString() {
        return file;
    }
}
