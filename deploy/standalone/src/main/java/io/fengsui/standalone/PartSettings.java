package io.fengsui.standalone;

import io.fengsui.schema.serde.SchemaRegistry;
import io.fengsui.standalone.mqtt.MqttUsers;
import io.fengsui.standalone.process.Ports;
import java.util.HashMap;
import java.util.Map;

/** What each app must be told to find its neighbours in a standalone run. */
record PartSettings(Ports ports, DataDirectory directory, MqttUsers users) {

    /** @param more settings of any app; those of others are left out, and these win */
    Map<String, String> of(Part part, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>();
        settings.put("bootstrap.servers", ports.bootstrapServers());
        settings.put(SchemaRegistry.URL, ports.registryUrl());
        switch (part) {
            case INGEST -> {
                settings.put("ingest.mqtt.uri", ports.mqttUri());
                settings.put("ingest.mqtt.username", MqttUsers.BRIDGE);
                settings.put(
                        "ingest.mqtt.password", users.password(MqttUsers.BRIDGE).orElseThrow());
            }
            case STREAMS ->
                settings.put("streams.state.dir", directory.state(part).toString());
            case ALERTING -> {
                settings.put("alerting.state.dir", directory.state(part).toString());
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
