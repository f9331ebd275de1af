package io.fengsui.standalone.mqtt;

import com.hivemq.configuration.service.InternalConfigurations;
import com.hivemq.embedded.EmbeddedHiveMQ;
import io.fengsui.platform.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * HiveMQ CE in this JVM: MQTT 3.1.1 and 5 on the loopback address, sessions and queued messages kept in the directory
 * over restarts. Nobody connects without a password.
 */
public final class EmbeddedBroker implements AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(EmbeddedBroker.class);
    private static final String HOST = "127.0.0.1";

    /** What the broker keeps for a bridge that is away: beyond it, messages are discarded though they were PUBACKed. */
    private static final int MESSAGES_A_SECOND = 1_000;

    private static final int LONGEST_OUTAGE_SECONDS = 600;
    private static final int SAFETY = 2;

    /** Above the 64 KiB that the bridge takes, so that an oversized message is refused with a reason and kept. */
    private static final int MAX_PACKET_BYTES = 256 * 1_024;

    /** Unacknowledged messages a publisher may have under way. */
    private static final int RECEIVE_MAXIMUM = 100;

    /**
     * Unacknowledged messages that a subscriber may have under way, if its receive maximum allows. HiveMQ CE sends the next
     * batch when all of the last is acknowledged; with its own limit of 50, and Kafka in between, a lane gets some 1,000 a second
     * at most.
     */
    private static final int IN_FLIGHT_TO_A_SUBSCRIBER = 1_000;

    private static final int SESSION_EXPIRY_SECONDS = 7 * 24 * 3_600;

    private final Path directory;
    private final int port;
    private final AccessControl access;
    private volatile @Nullable EmbeddedHiveMQ broker;
    private @Nullable DropWatch watch;

    public EmbeddedBroker(Path directory, int port, MqttUsers users) {
        this.directory = directory;
        this.port = port;
        this.access = new AccessControl(users);
    }

    /** Returns when the bridge can connect. */
    public synchronized void start() throws InterruptedException {
        Path configuration = directory.resolve("conf");
        Path data = directory.resolve("data");
        Path extensions = directory.resolve("extensions");
        try {
            for (Path folder : new Path[] {configuration, data, extensions}) {
                Files.createDirectories(folder);
            }
            Files.writeString(configuration.resolve("config.xml"), configurationXml());
        } catch (IOException e) {
            throw new StartException(directory + ": cannot be written: " + e.getMessage(), e);
        }
        // A setting of the process; CE has no other way to it.
        InternalConfigurations.MAX_INFLIGHT_WINDOW_SIZE_MESSAGES = IN_FLIGHT_TO_A_SUBSCRIBER;
        EmbeddedHiveMQ starting = EmbeddedHiveMQ.builder()
                .withConfigurationFolder(configuration)
                .withDataFolder(data)
                .withExtensionsFolder(extensions)
                .withEmbeddedExtension(access.extension())
                .withoutLoggingBootstrap()
                .build();
        broker = starting;
        try {
            starting.start().get();
        } catch (ExecutionException e) {
            throw new StartException(
                    "The MQTT broker cannot start on " + HOST + ":" + port + " with data in " + directory + ": "
                            + e.getCause(),
                    e);
        }
        watch = new DropWatch(this::dropped);
        watch.start();
    }

    /** To be called once the bridge has subscribed; until then vendors are told to try again. */
    public void admitVendors() {
        access.admitVendors();
    }

    /** Messages that the broker has thrown away since its start; anything but 0 is a loss. */
    public long dropped() {
        EmbeddedHiveMQ running = broker;
        return running == null
                ? 0
                : running.getMetricRegistry()
                        .counter("com.hivemq.messages.dropped.count")
                        .getCount();
    }

    @Override
    public synchronized void close() {
        EmbeddedHiveMQ running = broker;
        broker = null;
        if (watch != null) {
            watch.close();
        }
        if (running == null) {
            return;
        }
        try {
            running.close();
        } catch (ExecutionException e) {
            logger.warn("The MQTT broker did not stop cleanly", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String configurationXml() {
        return """
                <?xml version="1.0"?>
                <hivemq>
                  <listeners>
                    <tcp-listener>
                      <port>%d</port>
                      <bind-address>%s</bind-address>
                    </tcp-listener>
                  </listeners>
                  <mqtt>
                    <queued-messages>
                      <max-queue-size>%d</max-queue-size>
                      <strategy>discard</strategy>
                    </queued-messages>
                    <topic-alias>
                      <enabled>false</enabled>
                    </topic-alias>
                    <session-expiry>
                      <max-interval>%d</max-interval>
                    </session-expiry>
                    <packets>
                      <max-packet-size>%d</max-packet-size>
                    </packets>
                    <receive-maximum>
                      <server-receive-maximum>%d</server-receive-maximum>
                    </receive-maximum>
                  </mqtt>
                  <anonymous-usage-statistics>
                    <enabled>false</enabled>
                  </anonymous-usage-statistics>
                  <persistence>
                    <mode>file</mode>
                  </persistence>
                </hivemq>
                """.formatted(
                        port,
                        HOST,
                        MESSAGES_A_SECOND * LONGEST_OUTAGE_SECONDS * SAFETY,
                        SESSION_EXPIRY_SECONDS,
                        MAX_PACKET_BYTES,
                        RECEIVE_MAXIMUM);
    }
}
