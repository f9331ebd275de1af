package io.fengsui.standalone.cli;

import io.fengsui.platform.StartException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints a topic's records as they come. */
@Command(
        name = "tail",
        mixinStandardHelpOptions = true,
        description = {
            "Prints a topic's records, Avro as JSON, one a line, as they come.",
            "",
            "Committed records only. A record that cannot be read is printed with the reason and its bytes in Base64.",
            "'fengsui topics list' names the topics; Ctrl-C ends it."
        })
final class TailCommand implements Callable<Integer> {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(200);

    @Parameters(paramLabel = "TOPIC", description = "For example township.zhangpu.video-status.")
    private String topic = "";

    @Option(names = "--from-beginning", description = "All that is kept, not only what comes from now on.")
    private boolean fromBeginning;

    @Option(names = "--count", paramLabel = "N", description = "End after N records.")
    private @Nullable Long count;

    @Option(
            names = "--containing",
            paramLabel = "TEXT",
            description = "Only records whose line has this in it, such as a device or a message id.")
    private String containing = "";

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Override
    public Integer call() {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        long left = count == null ? Long.MAX_VALUE : count;
        try (KafkaConsumer<byte[], byte[]> consumer = cluster.client(TailCommand::consumer)) {
            List<TopicPartition> partitions = partitions(consumer);
            RecordLine line = new RecordLine(cluster.registry());
            consumer.assign(partitions);
            if (fromBeginning) {
                consumer.seekToBeginning(partitions);
            } else {
                consumer.seekToEnd(partitions);
                partitions.forEach(consumer::position);
                System.err.println("Following " + topic + "; Ctrl-C ends");
            }
            while (left > 0 && !out.checkError()) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    String text = line.of(record);
                    if (left > 0 && text.contains(containing)) {
                        out.println(text);
                        left--;
                    }
                }
            }
        }
        return 0;
    }

    private static KafkaConsumer<byte[], byte[]> consumer(Map<String, Object> clients) {
        Map<String, Object> config = new HashMap<>(clients);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer) {
        Map<String, List<PartitionInfo>> topics;
        try {
            topics = consumer.listTopics(CONNECT);
        } catch (TimeoutException e) {
            throw cluster.noKafka(e);
        }
        List<PartitionInfo> found = topics.get(topic);
        if (found == null) {
            List<String> near = topics.keySet().stream()
                    .filter(t -> t.contains(topic) || topic.contains(t))
                    .sorted()
                    .limit(10)
                    .toList();
            throw new StartException("No topic " + topic + "; "
                    + (near.isEmpty() ? "'fengsui topics list' names them" : "there is " + String.join(", ", near)));
        }
        return found.stream()
                .map(p -> new TopicPartition(p.topic(), p.partition()))
                .toList();
    }
}
