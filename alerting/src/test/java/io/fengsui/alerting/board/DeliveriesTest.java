package io.fengsui.alerting.board;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.fengsui.alert.AlertDelivery;
import io.fengsui.alert.DeliveryOutcome;
import io.fengsui.schema.topic.Realm;
import java.time.Instant;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What is told of outcomes that Kafka did not take. */
class DeliveriesTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger(Deliveries.class);
    private final ListAppender<ILoggingEvent> told = new ListAppender<>();
    private final MockProducer<String, AlertDelivery> kafka =
            new MockProducer<>(false, null, new StringSerializer(), (topic, delivery) -> new byte[0]);
    private final Deliveries deliveries = new Deliveries(kafka);

    @BeforeEach
    void listen() {
        told.start();
        logger.addAppender(told);
    }

    @AfterEach
    void leave() {
        logger.detachAppender(told);
    }

    @Test
    void shouldTellTheNumberAloneOfThoseThatTheEndBroke() {
        kafka.sendException = new InterruptException("closing");
        for (int i = 0; i < 300; i++) {
            put("alert-" + i);
        }
        deliveries.close();

        assertThat(told.list).singleElement().satisfies(line -> assertThat(line.getFormattedMessage())
                .startsWith("What became of 300 notices"));
    }

    @Test
    void shouldTellTheFirstAtOnceAndTheNumberWhenKafkaIsBack() {
        put("first");
        put("second");
        kafka.errorNext(new TimeoutException("away"));
        kafka.errorNext(new TimeoutException("away"));
        assertThat(told.list).singleElement().satisfies(line -> assertThat(line.getFormattedMessage())
                .contains("hook|first"));

        put("third");
        kafka.completeNext();
        deliveries.close();
        assertThat(told.list).hasSize(2);
        assertThat(told.list.get(1).getFormattedMessage()).startsWith("What became of 2 notices");
    }

    private void put(String alert) {
        deliveries.put(
                Realm.LIVE,
                AlertDelivery.newBuilder()
                        .setReceiver("hook")
                        .setAlertId(alert)
                        .setRevision(1)
                        .setOutcome(DeliveryOutcome.DELIVERED)
                        .setAt(Instant.EPOCH)
                        .setAttempts(1)
                        .build());
    }
}
