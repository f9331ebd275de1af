package io.fengsui.standalone.letters;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.fengsui.ops.DeadLetterReplay;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Looks into the topics of feeds: from where they ended before the events were sent, to where nothing of that replay can lie any
 * more ({@link ReplayWriter#QUIET_AFTER}). One thread.
 */
public final class SentEvents implements EventSearch, AutoCloseable {

    /** @param deleted whether part of it is no longer there */
    private record Stretch(Set<String> eventIds, boolean deleted) {}

    private final RecordScan scan;
    private final Map<String, Stretch> stretches = new HashMap<>();

    /** @param kafka settings of Kafka's clients */
    public SentEvents(Map<String, Object> kafka, SchemaRegistryClient registry) {
        this.scan = new RecordScan(kafka, registry, "dead-letters-sent", read -> {});
    }

    @Override
    public Finding look(String eventId, DeadLetterReplay sending) {
        Instant until = sending.getReplayedAt().plus(ReplayWriter.QUIET_AFTER);
        boolean deleted = false;
        for (String from : sending.getEventsFrom()) {
            Stretch stretch =
                    stretches.computeIfAbsent(from + " " + until, key -> read(sending.getFeed(), from, until));
            if (stretch.eventIds().contains(eventId)) {
                return Finding.WRITTEN;
            }
            deleted |= stretch.deleted();
        }
        return deleted ? Finding.DELETED : Finding.ABSENT;
    }

    private Stretch read(@Nullable String feedId, String from, Instant until) {
        int offsetAt = from.lastIndexOf('/');
        int partitionAt = from.lastIndexOf('/', offsetAt - 1);
        TopicPartition partition = new TopicPartition(
                from.substring(0, partitionAt), Integer.parseInt(from.substring(partitionAt + 1, offsetAt)));
        long offset = Long.parseLong(from.substring(offsetAt + 1));
        Feed<?> feed = Feeds.byId(String.valueOf(feedId)).orElseThrow();
        long end = scan.end(partition);
        return new Stretch(
                eventIds(feed, partition, offset, Math.min(end, scan.offsetAt(partition, until))),
                scan.first(partition) > offset || end < offset);
    }

    private <T extends SpecificRecord> Set<String> eventIds(
            Feed<T> feed, TopicPartition partition, long from, long to) {
        Set<String> ids = new HashSet<>();
        scan.read(
                partition,
                from,
                to,
                feed.type(),
                feed.schema(),
                event -> ids.add(feed.header(event).getEventId()));
        return ids;
    }

    @Override
    public void close() {
        scan.close();
    }
}
