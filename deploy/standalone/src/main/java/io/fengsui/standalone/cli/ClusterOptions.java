package io.fengsui.standalone.cli;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.fengsui.platform.Settings;
import io.fengsui.platform.StartException;
import io.fengsui.schema.serde.SchemaRegistry;
import io.fengsui.standalone.process.Ports;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.common.KafkaException;
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

    /** Those of the standalone run that is meant. */
    Ports ports() {
        return portBase == null ? Ports.standard() : Ports.from(portBase);
    }

    /** Settings for Kafka's clients and for the registry's. */
    Map<String, Object> clients() {
        Ports ports = ports();
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

    /**
     * A client of Kafka.
     *
     * @throws StartException that says how to find Kafka, if it does not answer within 10 s
     */
    Admin admin() throws InterruptedException {
        Admin admin = client(Admin::create);
        boolean reached = false;
        try {
            requireReachable(admin);
            reached = true;
        } finally {
            if (!reached) {
                admin.close(Duration.ZERO);
            }
        }
        return admin;
    }

    /** @throws StartException if Kafka's client does not accept its settings */
    <T> T client(Function<Map<String, Object>, T> create) {
        try {
            return create.apply(clients());
        } catch (KafkaException e) {
            throw new StartException(
                    "No client for Kafka at " + clients().get("bootstrap.servers") + ": " + Main.innermost(e)
                            + "; --bootstrap-servers and --config say where Kafka is, and how to log in",
                    e);
        }
    }

    private void requireReachable(Admin admin) throws InterruptedException {
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

    /**
     * A client of the registry.
     *
     * @throws StartException that says how to find the registry, if it does not answer or does not admit us
     */
    SchemaRegistryClient registry() {
        String url = String.valueOf(clients().get(SchemaRegistry.URL));
        SchemaRegistryClient registry = SchemaRegistry.connect(clients());
        try {
            registry.getAllSubjects();
        } catch (RestClientException e) {
            if (e.getStatus() == 401) {
                throw new StartException(
                        "The schema registry at " + url + " does not admit us; set basic.auth.credentials.source and"
                                + " basic.auth.user.info in the file of --config",
                        e);
            }
            if (e.getStatus() != 403) {
                throw noRegistry(url, e);
            }
        } catch (IOException e) {
            throw noRegistry(url, e);
        }
        return registry;
    }

    private static StartException noRegistry(String url, Exception cause) {
        return new StartException(
                "No schema registry at " + url + " (" + Main.innermost(cause)
                        + "): is 'fengsui up' running? --port-base and --registry say where",
                cause);
    }
}
