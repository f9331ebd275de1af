package io.fengsui.standalone.bridge;

import java.util.List;
import java.util.stream.Stream;

/**
 * A program that carries messages from MQTT to Kafka.
 *
 * @param id name in results
 * @param session client id of the MQTT session that it drains
 * @param filters topic filters of that session
 * @param kafkaTopics where its records arrive
 */
record Contender(String id, String session, List<String> filters, List<String> kafkaTopics, Start start) {

    /** Starts it; it begins to drain at once. */
    interface Start {
        Running start() throws Exception;
    }

    /** A contender that runs; closing it leaves the session as it is. */
    interface Running extends AutoCloseable {
        /** All processes whose processor time is its. */
        Stream<ProcessHandle> processes();

        @Override
        void close();
    }
}
