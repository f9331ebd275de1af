package io.fengsui.standalone.cli;

import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topic;
import io.fengsui.schema.topic.Topics;
import io.fengsui.standalone.Standalone;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** Everything that a live receiver could read of a run, at one moment. */
record Footprints(Map<String, Long> liveTopics, Map<String, Long> drillTopics, Map<String, String> liveMeters) {

    /** Topics of no realm, which live on whatever happens; what is in them is looked at by itself. */
    static final Set<String> OF_BOTH =
            Set.of(Topics.AUDIT.name(), Topics.ACCOUNT.name(), Topics.PULSE.name(), Topics.SLOT.name());

    static Footprints of(Standalone standalone, String token)
            throws IOException, InterruptedException, ExecutionException {
        Map<String, Long> live = new TreeMap<>();
        Map<String, Long> drill = new TreeMap<>();
        List<String> topics =
                Topics.all(
                                standalone.seeds().units().values(),
                                standalone.seeds().routes().values())
                        .stream()
                        .map(Topic::name)
                        .toList();
        offsets(standalone, topics).forEach((topic, end) -> {
            if (topic.startsWith(Realm.DRILL.prefix())) {
                drill.put(topic, end);
            } else if (!OF_BOTH.contains(topic)) {
                live.put(topic, end);
            }
        });
        return new Footprints(live, drill, liveMeters(standalone, token));
    }

    private static Map<String, Long> offsets(Standalone standalone, List<String> topics)
            throws InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(standalone.clients())) {
            Map<TopicPartition, OffsetSpec> partitions =
                    admin.describeTopics(topics).allTopicNames().get().values().stream()
                            .flatMap(topic -> topic.partitions().stream()
                                    .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                            .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
            Map<String, Long> ends = new HashMap<>();
            admin.listOffsets(partitions)
                    .all()
                    .get()
                    .forEach((partition, end) -> ends.merge(partition.topic(), end.offset(), Long::sum));
            return ends;
        }
    }

    /** All series that say they are of live alerts, signals or events, but those that only measure time going by. */
    private static Map<String, String> liveMeters(Standalone standalone, String token)
            throws IOException, InterruptedException {
        Map<String, String> series = new TreeMap<>();
        get(standalone, "/metrics", token)
                .body()
                .lines()
                .filter(line -> line.startsWith("fengsui_alerts{") || line.contains("realm=\"live\""))
                .forEach(line -> {
                    int blank = line.lastIndexOf(' ');
                    series.put(line.substring(0, blank), line.substring(blank + 1));
                });
        return series;
    }

    static HttpResponse<String> get(Standalone standalone, String path, String token)
            throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(standalone.ports().consoleUrl() + path))
                                .header("Authorization", "Bearer " + token)
                                .build(),
                        BodyHandlers.ofString());
    }
}
