package io.fengsui.standalone.cli;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.fengsui.platform.Settings;
import io.fengsui.platform.StartException;
import io.fengsui.schema.serde.SchemaRegistry;
import io.fengsui.standalone.process.Ports;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which Kafka and registry a command talks to: by default those of the standalone run. */
final class ClusterOptions {
    private static final int CONNECT_MILLIS = 10_000;

    @Option(names = "--bootstrap-servers", paramLabel = "HOST:PORT", description = "Kafka (default: 127.0.0.1:9092).")
    private @Nullable String bootstrapServers;

    @Option(
            names = "--registry",
            paramLabel = "URL",
            description = "Schema registry, Confluent's API (default: http://127.0.0.1:8081/apis/ccompat/v7).")
    private @Nullable String registryUrl;

    @Option(names = "--port-base", paramLabel = "N", description = "Those of 'fengsui up --port-base N' instead.")
    private @Nullable Integer portBase;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Properties for the clients: security and the like, under Kafka's and Confluent's own names.")
    private @Nullable Path config;

    /** Settings for Kafka's clients and for the registry's. */
    Map<String, Object> clients() {
        Ports ports = portBase == null ? Ports.standard() : Ports.from(portBase);
        Map<String, Object> clients = new HashMap<>();
        clients.put("bootstrap.servers", ports.bootstrapServers());
        clients.put(SchemaRegistry.URL, ports.registryUrl());
        if (config != null) {
            clients.putAll(Settings.fromFile(config).values());
        }
        if (bootstrapServers != null) {
            clients.put("bootstrap.servers", bootstrapServers);
        }
        if (registryUrl != null) {
            clients.put(SchemaRegistry.URL, registryUrl);
        }
        return clients;
    }

    /** @throws StartException that says how to find Kafka, if it does not answer within 10 s */
    void requireReachable(Admin admin) throws InterruptedException {
        try {
            admin.describeCluster(new DescribeClusterOptions().timeoutMs(CONNECT_MILLIS))
                    .clusterId()
                    .get();
        } catch (ExecutionException e) {
            throw noKafka(e);
        }
    }

    StartException noKafka(Exception cause) {
        return new StartException(
                "No Kafka at " + clients().get("bootstrap.servers")
                        + ": is 'fengsui up' running? --port-base and --bootstrap-servers say where",
                cause);
    }

    SchemaRegistryClient registry() {
        return SchemaRegistry.connect(clients());
    }
}
