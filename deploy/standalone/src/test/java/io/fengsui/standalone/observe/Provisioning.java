package io.fengsui.standalone.observe;

import io.fengsui.standalone.Home;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/** What deploy/grafana gives Grafana at its start. */
final class Provisioning {

    private Provisioning() {}

    static Path grafana() {
        return Home.locate().directory().resolve("deploy").resolve("grafana");
    }

    static Map<String, Object> file(String name) {
        return ShippedRules.yaml(grafana().resolve("provisioning").resolve(name));
    }

    /** Rules that Grafana evaluates itself. */
    static Stream<Map<String, Object>> rules() {
        return ShippedRules.maps(file("alerting/rules.yaml").get("groups")).stream()
                .flatMap(group -> ShippedRules.maps(group.get("rules")).stream());
    }
}
