package io.fengsui.standalone.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class DropWatchTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger(DropWatch.class);
    private final ListAppender<ILoggingEvent> told = new ListAppender<>();
    private final AtomicLong dropped = new AtomicLong();

    @BeforeEach
    void listen() {
        told.start();
        logger.addAppender(told);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(told);
    }

    @Test
    void shouldWarnWhenMessagesAreThrownAwayAndOnlyThen() {
        try (DropWatch watch = new DropWatch(dropped::get)) {
            watch.look();
            assertThat(told.list).isEmpty();

            dropped.set(3);
            watch.look();
            watch.look();
            dropped.set(5);
            watch.look();
        }

        assertThat(told.list).allMatch(event -> event.getLevel() == Level.WARN);
        assertThat(told.list.stream().map(ILoggingEvent::getFormattedMessage))
                .containsExactly(
                        "The MQTT broker has thrown away 3 messages, 3 since its start",
                        "The MQTT broker has thrown away 2 messages, 5 since its start");
    }
}
