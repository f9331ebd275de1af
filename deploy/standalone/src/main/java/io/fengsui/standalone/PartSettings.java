package io.fengsui.standalone;

import io.fengsui.alerting.AccessConfig;
import io.fengsui.platform.Settings;
import io.fengsui.platform.Spelling;
import io.fengsui.platform.StartException;
import io.fengsui.schema.serde.SchemaRegistry;
import io.fengsui.standalone.mqtt.MqttUsers;
import io.fengsui.standalone.process.Ports;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What each app must be told to find its neighbours in a standalone run. */
record PartSettings(Ports ports, DataDirectory directory, MqttUsers users) {

    /**
     * There is one instance of each app: with a name, it takes its place in the group again at once after a kill, instead of
     * waiting until the session of the killed one has ended.
     */
    private static final String ONLY_INSTANCE = "standalone";

    /**
     * Checks further settings before anything is started.
     *
     * @throws StartException that names every one that no app has, or whose value is wrong
     */
    static void check(Map<String, String> more) {
        Map<String, String> ofNoApp = new TreeMap<>(more);
        for (Part part : Part.values()) {
            Map<String, String> own = new TreeMap<>(more);
            own.keySet().removeIf(key -> !key.startsWith(part.id() + "."));
            part.definition().configKeys().values().stream()
                    .filter(key -> !key.hasDefault())
                    .forEach(key -> own.putIfAbsent(key.name, ""));
            Settings.empty()
                    .with(own)
                    .parse(part.definition(), part.passThrough().keySet().toArray(String[]::new));
            ofNoApp.keySet().removeAll(own.keySet());
        }
        if (!ofNoApp.isEmpty()) {
            throw new StartException(ofNoApp.keySet().stream()
                    .map(key -> "--set " + key + ": no app has such a setting" + suggestion(key))
                    .collect(Collectors.joining("\n")));
        }
    }

    private static String suggestion(String key) {
        List<String> known = Arrays.stream(Part.values())
                .flatMap(part -> part.definition().names().stream().filter(name -> name.startsWith(part.id() + ".")))
                .toList();
        return Spelling.nearest(key, known, 2)
                .map(near -> "; did you mean " + near + "?")
                .orElse("; docs/configuration.md lists them");
    }

    /** @param more settings of any app; those of others are left out, and these win */
    Map<String, String> of(Part part, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>();
        settings.put("bootstrap.servers", ports.bootstrapServers());
        settings.put(SchemaRegistry.URL, ports.registryUrl());
        switch (part) {
            case INGEST -> {
                settings.put("ingest.group.instance.id", ONLY_INSTANCE);
                settings.put("ingest.mqtt.uri", ports.mqttUri());
                settings.put("ingest.mqtt.username", MqttUsers.BRIDGE);
                settings.put(
                        "ingest.mqtt.password", users.password(MqttUsers.BRIDGE).orElseThrow());
            }
            case STREAMS -> {
                settings.put("streams.state.dir", directory.state(part).toString());
                settings.put("streams.group.instance.id", ONLY_INSTANCE);
            }
            case ALERTING -> {
                settings.put("alerting.group.instance.id", ONLY_INSTANCE);
                settings.put("alerting.state.dir", directory.state(part).toString());
                settings.put(AccessConfig.USERS, directory.consoleUsers().toString());
                settings.put("alerting.http.port", Integer.toString(ports.console()));
            }
        }
        more.forEach((key, value) -> {
            if (key.startsWith(part.id() + ".")) {
                settings.put(key, value);
            }
        });
        return settings;
    }
}
