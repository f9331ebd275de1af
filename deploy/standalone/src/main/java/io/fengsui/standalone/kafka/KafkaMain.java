package io.fengsui.standalone.kafka;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** The embedded Kafka as a program of its own, so that a trial can stop it or let it hang. Arguments: directory, port, controller's port. */
final class KafkaMain {
    private KafkaMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        EmbeddedKafka kafka = new EmbeddedKafka(
                Path.of(arguments[0]), Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
        Runtime.getRuntime().addShutdownHook(new Thread(kafka::close, "kafka-stop"));
        kafka.start();
        new CountDownLatch(1).await();
    }
}
