package io.fengsui.ingest.mqtt;

import com.hivemq.embedded.EmbeddedHiveMQ;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class HiveMqSourceIT extends RealBrokerContract {

    @TempDir
    private static Path directory;

    private static EmbeddedHiveMQ broker;
    private static int port;

    @BeforeAll
    static void startOnce() throws Exception {
        port = RealBroker.freePort();
        Path configuration = Files.createDirectories(directory.resolve("conf"));
        Files.writeString(configuration.resolve("config.xml"), """
                <?xml version="1.0"?>
                <hivemq>
                  <listeners><tcp-listener><port>%d</port><bind-address>127.0.0.1</bind-address></tcp-listener></listeners>
                  <mqtt><topic-alias><enabled>false</enabled></topic-alias></mqtt>
                  <anonymous-usage-statistics><enabled>false</enabled></anonymous-usage-statistics>
                  <persistence><mode>in-memory</mode></persistence>
                </hivemq>
                """.formatted(port));
        broker = EmbeddedHiveMQ.builder()
                .withConfigurationFolder(configuration)
                .withDataFolder(Files.createDirectories(directory.resolve("data")))
                .withExtensionsFolder(Files.createDirectories(directory.resolve("extensions")))
                .withoutLoggingBootstrap()
                .build();
        broker.start().get();
    }

    @AfterAll
    static void stopOnce() throws Exception {
        broker.close();
    }

    @Override
    RealBroker startBroker() throws Exception {
        return new RealBroker(port, () -> {});
    }
}
