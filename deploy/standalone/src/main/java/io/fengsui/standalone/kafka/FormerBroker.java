package io.fengsui.standalone.kafka;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.ObjectName;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a killed broker leaves in the controller's memory: a registration that looks alive until its session ends.
 *
 * <p>Until then the broker that starts in its place is refused; and when it ends, all partitions lose their leader for a
 * moment. Kafka 4.3.1 takes a partition without a leader for a deleted one (KAFKA-20734) and leaves out the markers that
 * end the killed process's transactions. Its offsets then stay pending, and its readers stand still, for ever.
 *
 * <p>So the controller runs alone first, with a session of half a second, until it has given the former broker up.
 */
final class FormerBroker {
    private static final Logger logger = LoggerFactory.getLogger(FormerBroker.class);
    private static final String FENCED_BROKERS = "kafka.controller:type=KafkaController,name=FencedBrokerCount";
    private static final String SESSION_MILLIS = "500";
    private static final String HEARTBEAT_MILLIS = "200";
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final long LOOK_MILLIS = 20;

    private FormerBroker() {}

    /** @param settings of the broker and controller that will be started afterwards */
    static void retire(Map<String, String> settings, String controllerAddress) throws InterruptedException {
        Map<String, String> alone = new HashMap<>(settings);
        alone.put("process.roles", "controller");
        alone.put("listeners", "CONTROLLER://" + controllerAddress);
        alone.remove("advertised.listeners");
        alone.put("broker.session.timeout.ms", SESSION_MILLIS);
        alone.put("broker.heartbeat.interval.ms", HEARTBEAT_MILLIS);
        KafkaRaftServer controller = new KafkaRaftServer(new KafkaConfig(alone, false), Time.SYSTEM);
        try {
            controller.startup();
            awaitFenced();
        } finally {
            controller.shutdown();
            controller.awaitShutdown();
        }
    }

    private static void awaitFenced() throws InterruptedException {
        long start = System.nanoTime();
        while (fencedBrokers() == 0) {
            if (System.nanoTime() - start > PATIENCE.toNanos()) {
                logger.warn(
                        "The controller knows of no former broker after {} s; it was killed before it registered",
                        PATIENCE.toSeconds());
                return;
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }

    private static int fencedBrokers() {
        try {
            Object count =
                    ManagementFactory.getPlatformMBeanServer().getAttribute(new ObjectName(FENCED_BROKERS), "Value");
            return ((Number) count).intValue();
        } catch (InstanceNotFoundException e) {
            return 0;
        } catch (JMException e) {
            throw new IllegalStateException("The controller's count of fenced brokers cannot be read", e);
        }
    }
}
