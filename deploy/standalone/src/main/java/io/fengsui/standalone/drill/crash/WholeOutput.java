package io.fengsui.standalone.drill.crash;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertSignal;
import io.fengsui.alert.AlertText;
import io.fengsui.alert.SubjectKind;
import io.fengsui.ops.Account;
import io.fengsui.ops.DeadLetter;
import io.fengsui.ops.DeadLetterStage;
import io.fengsui.ops.Unrouted;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.serde.AvroReader;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topic;
import io.fengsui.schema.topic.Topics;
import io.fengsui.seeds.SeedSet;
import io.fengsui.streams.device.RecentIds;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;

/**
 * All that a streams app wrote, in a form that can be compared with what another wrote of the same records. Left out is what
 * the wall clock says: when it was written, in which hour it was counted, and in a signal about silence how long that lasted;
 * and, of what is counted across devices, which of them made the number full: their order among each other is anybody's.
 * Alerts about the app itself (ingest blind) are counted and not compared. One thread.
 */
final class WholeOutput {

    /** What a record is. */
    enum Kind {
        READERS("reader topics"),
        UNROUTED("unrouted"),
        DEAD_LETTERS("dead letters"),
        SIGNALS("alert signals");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    /**
     * A record.
     *
     * @param strand topic and key: within a strand the order counts
     * @param content name for people, and a hash of all the rest
     */
    record Told(Kind kind, String strand, String content) {}

    private interface Taker {
        void take(String key, byte[] value);
    }

    /**
     * Rules whose signals are not the same each time, by id.
     *
     * @param silence those that watch for silence
     * @param across those that count across devices
     */
    record Variable(Set<String> silence, Set<String> across) {
        Variable {
            silence = Set.copyOf(silence);
            across = Set.copyOf(across);
        }
    }

    private final SchemaRegistryClient registry;
    private final Variable rules;
    private final Map<String, Taker> takers = new HashMap<>();
    private final List<Told> told = new ArrayList<>();
    private final Map<String, Account> accounts = new HashMap<>();
    private int blind;

    WholeOutput(SeedSet seeds, SchemaRegistryClient registry, Variable rules) {
        this.registry = registry;
        this.rules = rules;
        for (Realm realm : Realm.values()) {
            seeds.units().values().stream()
                    .flatMap(
                            unit -> Topics.readersOf(realm, unit, seeds.routes().values()).stream())
                    .filter(topic -> !topic.type().equals(Alert.class))
                    .forEach(this::takeEvents);
            Topics.allUnrouted(realm).forEach(topic -> take(topic, (key, record) -> unrouted(topic, key, record)));
            Topics.alertSignals(realm).forEach(topic -> take(topic, (key, record) -> signal(topic, key, record)));
        }
        Topics.allDeadLetters().forEach(topic -> take(topic, (key, letter) -> deadLetter(topic, key, letter)));
        take(Topics.ACCOUNT, accounts::put);
    }

    /** Topics whose records count. */
    Set<String> topics() {
        return Set.copyOf(takers.keySet());
    }

    /** Takes a record; those of other topics do not count. */
    void add(String topic, String key, byte[] value) {
        Taker taker = takers.get(topic);
        if (taker != null) {
            taker.take(key, value);
        }
    }

    /** In the order in which it was written. */
    List<Told> told() {
        return List.copyOf(told);
    }

    /** Devices of whose silence an alert was raised. */
    Set<String> silent() {
        return told.stream()
                .filter(record ->
                        record.kind() == Kind.SIGNALS && record.content().startsWith("RAISE"))
                .flatMap(record -> rules.silence().stream()
                        .map(rule -> rule + "@")
                        .filter(record.strand()::contains)
                        .map(rule -> record.strand().substring(record.strand().indexOf(rule) + rule.length())))
                .collect(Collectors.toSet());
    }

    /** Alerts about the app itself that were raised. */
    int blind() {
        return blind;
    }

    /** Counts by feed and realm, over all tasks and hours. */
    Map<String, String> accounts() {
        Map<String, long[]> sums = new TreeMap<>();
        accounts.forEach((key, account) -> {
            long[] sum = sums.computeIfAbsent(
                    account.getFeed() + " " + key.substring(key.lastIndexOf('|') + 1), name -> new long[6]);
            sum[0] += account.getRouted();
            sum[1] += account.getUnrouted();
            sum[2] += account.getDuplicates();
            sum[3] += account.getDeadLettered();
            sum[4] += account.getLate();
            sum[5] += account.getDerived();
        });
        Map<String, String> lines = new TreeMap<>();
        sums.forEach((name, sum) -> lines.put(
                name,
                "routed " + sum[0] + ", unrouted " + sum[1] + ", duplicates " + sum[2] + ", dead-lettered " + sum[3]
                        + ", late " + sum[4] + ", derived " + sum[5]));
        lines.values().removeIf(line -> !line.matches(".*[1-9].*"));
        return lines;
    }

    private void takeEvents(Topic<?> topic) {
        Feed<?> feed = Feeds.all().stream()
                .filter(f -> topic.type().equals(f.type()))
                .findFirst()
                .orElseThrow();
        AvroReader<?> reader = new AvroReader<>(registry, feed.type(), feed.schema());
        takers.put(topic.name(), (key, value) -> {
            String id = feed.header(reader.read(value)).getEventId();
            told(Kind.READERS, topic, key, id, new String(value, StandardCharsets.ISO_8859_1));
        });
    }

    private <T extends SpecificRecord> void take(Topic<T> topic, BiConsumer<String, T> then) {
        AvroReader<T> reader = new AvroReader<>(registry, topic.type(), topic.schema());
        takers.put(topic.name(), (key, value) -> then.accept(key, reader.read(value)));
    }

    private void unrouted(Topic<?> topic, String key, Unrouted record) {
        Unrouted timeless =
                Unrouted.newBuilder(record).setUnroutedAt(Instant.EPOCH).build();
        told(Kind.UNROUTED, topic, key, record.getEventId(), timeless.toString());
    }

    /** Of letters with one key only those of one topic have an order. */
    private void deadLetter(Topic<?> topic, String key, DeadLetter letter) {
        if (letter.getStage() == DeadLetterStage.STREAMS) {
            DeadLetter placeless = DeadLetter.newBuilder(letter)
                    .setKafkaPartition(null)
                    .setKafkaOffset(null)
                    .build();
            String strand = key + " of " + letter.getKafkaTopic();
            told(Kind.DEAD_LETTERS, topic, strand, letter.getReason(), placeless.toString());
        }
    }

    private void signal(Topic<?> topic, String key, AlertSignal signal) {
        if (signal.getSubject().getKind() == SubjectKind.INGEST) {
            blind++;
            return;
        }
        if (rules.across().contains(signal.getRuleId())) {
            told(Kind.SIGNALS, topic, key, signal.getAction() + " " + signal.getSeverity(), "");
            return;
        }
        AlertSignal.Builder timeless = AlertSignal.newBuilder(signal).setSignalledAt(Instant.EPOCH);
        if (rules.silence().contains(signal.getRuleId())) {
            timeless.setEventTime(Instant.EPOCH)
                    .setExplanation(new AlertText("", ""))
                    .setValues(Map.of());
        }
        String name = signal.getAction() + " " + signal.getSeverity() + " " + signal.getEventId();
        told(Kind.SIGNALS, topic, key, name, timeless.build().toString());
    }

    private void told(Kind kind, Topic<?> topic, String key, String name, String all) {
        told.add(new Told(kind, topic.name() + " " + key, name + " #" + Long.toHexString(RecentIds.hash(all))));
    }
}
