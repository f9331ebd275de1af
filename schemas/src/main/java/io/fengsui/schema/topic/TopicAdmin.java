package io.fengsui.schema.topic;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.fengsui.platform.StartException;
import io.fengsui.schema.feed.Lane;
import io.fengsui.schema.serde.SchemaRegistry;
import io.fengsui.schema.topic.Topic.Spread;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.errors.TopicExistsException;
import org.jspecify.annotations.Nullable;

/**
 * Creates topics and registers their schemas. Applying twice changes nothing; nothing is ever deleted. Only the topic of the
 * slots is given more partitions where it has too few: no keyed state hangs on them.
 */
public final class TopicAdmin {

    /** What applying one topic did or, in a dry run, would do. */
    public record Outcome(String topic, boolean created, int partitions, String problem) {
        public boolean ok() {
            return problem.isEmpty();
        }
    }

    private static final int REGISTRY_CONNECTIONS = 4;

    private final Admin admin;
    private final SchemaRegistryClient registry;
    private final int keyedPartitions;
    private final int slots;
    private final short replication;

    /** As many slots as there are lanes. */
    public TopicAdmin(Admin admin, SchemaRegistryClient registry, int keyedPartitions, short replication) {
        this(admin, registry, keyedPartitions, Lane.values().length, replication);
    }

    /**
     * @param keyedPartitions partitions of the topics that are co-partitioned with the feeds
     * @param slots partitions of the topic of the slots, at least
     * @param replication replicas a partition
     */
    public TopicAdmin(Admin admin, SchemaRegistryClient registry, int keyedPartitions, int slots, short replication) {
        this.admin = admin;
        this.registry = registry;
        this.keyedPartitions = keyedPartitions;
        this.slots = slots;
        this.replication = replication;
    }

    /**
     * Creates what is missing and registers every value schema under {@code <topic>-value}. A topic that has the wrong
     * number of partitions, or a subject that refuses the schema, is told in the outcome and left as it is.
     *
     * @throws StartException if Kafka or the registry fails, or does not admit us
     */
    public List<Outcome> apply(Collection<Topic<?>> topics, boolean dryRun) throws InterruptedException {
        Map<String, TopicDescription> existing = describe(topics);
        if (!dryRun) {
            create(topics.stream().filter(t -> !existing.containsKey(t.name())).toList());
            addSlots(topics.stream()
                    .filter(t -> hasTooFewSlots(t, existing.get(t.name())))
                    .toList());
        }
        Map<String, String> schemaProblems = dryRun ? Map.of() : register(topics);
        List<Outcome> outcomes = new ArrayList<>();
        for (Topic<?> topic : topics) {
            TopicDescription found = existing.get(topic.name());
            String problem = schemaProblems.getOrDefault(topic.name(), "");
            if (found != null
                    && topic.spread() != Spread.SLOTS
                    && found.partitions().size() != partitions(topic)) {
                problem = "has " + found.partitions().size() + " partitions instead of " + partitions(topic)
                        + ": keyed state would go astray; recreate it or set the number to match";
            }
            outcomes.add(new Outcome(topic.name(), found == null, partitions(topic), problem));
        }
        return List.copyOf(outcomes);
    }

    private int partitions(Topic<?> topic) {
        return switch (topic.spread()) {
            case SINGLE -> 1;
            case KEYED -> keyedPartitions;
            case SLOTS -> slots;
        };
    }

    private boolean hasTooFewSlots(Topic<?> topic, @Nullable TopicDescription found) {
        return topic.spread() == Spread.SLOTS
                && found != null
                && found.partitions().size() < slots;
    }

    private void addSlots(List<Topic<?>> topics) throws InterruptedException {
        try {
            admin.createPartitions(topics.stream()
                            .collect(Collectors.toMap(Topic::name, t -> NewPartitions.increaseTo(partitions(t)))))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            throw failed("Kafka", "adding slots", e);
        }
    }

    private Map<String, TopicDescription> describe(Collection<Topic<?>> topics) throws InterruptedException {
        try {
            Set<String> present = admin.listTopics().names().get();
            List<String> wanted =
                    topics.stream().map(Topic::name).filter(present::contains).toList();
            return admin.describeTopics(wanted).allTopicNames().get();
        } catch (ExecutionException e) {
            throw failed("Kafka", "listing topics", e);
        }
    }

    private void create(List<Topic<?>> missing) throws InterruptedException {
        List<NewTopic> topics = missing.stream()
                .map(t -> new NewTopic(t.name(), partitions(t), replication).configs(t.kafkaConfig()))
                .toList();
        for (Map.Entry<String, ? extends Future<Void>> created :
                admin.createTopics(topics).values().entrySet()) {
            try {
                created.getValue().get();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw failed("Kafka", "creating " + created.getKey(), e);
                }
            }
        }
    }

    /** A subject that has the schema already took it under its rules: only the others are asked one by one. */
    private Map<String, String> register(Collection<Topic<?>> topics) throws InterruptedException {
        String inherited = globalCompatibility();
        Collection<List<Topic<?>>> bySchema =
                topics.stream().collect(Collectors.groupingBy(Topic::schema)).values();
        ExecutorService threads = Executors.newFixedThreadPool(REGISTRY_CONNECTIONS, task -> {
            Thread thread = new Thread(task, "topics-register");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<Set<String>>> lists = bySchema.stream()
                    .map(sharing -> threads.submit(() -> subjectsWithSchemaOf(sharing.get(0))))
                    .toList();
            Set<String> holding = new HashSet<>();
            for (Future<Set<String>> list : lists) {
                holding.addAll(list.get());
            }
            Map<String, Future<String>> results = topics.stream()
                    .collect(Collectors.toMap(
                            Topic::name,
                            t -> threads.submit(() -> registerOne(t, holding.contains(t.subject()), inherited))));
            Map<String, String> problems = new HashMap<>();
            for (Map.Entry<String, Future<String>> result : results.entrySet()) {
                String problem = result.getValue().get();
                if (!problem.isEmpty()) {
                    problems.put(result.getKey(), problem);
                }
            }
            return problems;
        } catch (ExecutionException e) {
            throw failed("The schema registry", "registering schemas", e);
        } finally {
            threads.shutdownNow();
        }
    }

    /** What a subject has that was given nothing of its own; empty if the registry has no such setting. */
    private String globalCompatibility() {
        try {
            return registry.getCompatibility(null);
        } catch (IOException | RestClientException e) {
            return "";
        }
    }

    /** Registers the topic's own schema; empty if that is refused, which {@link #registerOne} will tell. */
    private Set<String> subjectsWithSchemaOf(Topic<?> topic) throws IOException {
        try {
            return SchemaRegistry.subjects(
                    registry, registry.register(topic.subject(), new AvroSchema(topic.schema())));
        } catch (RestClientException e) {
            return Set.of();
        }
    }

    private String registerOne(Topic<?> topic, boolean registered, String inherited) throws IOException {
        try {
            if (!registered) {
                registry.register(topic.subject(), new AvroSchema(topic.schema()));
            }
            if (!topic.compatibility().equals(inherited)) {
                registry.updateCompatibility(topic.subject(), topic.compatibility());
            }
            return "";
        } catch (RestClientException e) {
            if (e.getStatus() == 401 || e.getStatus() == 403) {
                throw new IOException(
                        "it does not admit us: " + e.getMessage()
                                + " (set basic.auth.credentials.source and basic.auth.user.info)",
                        e);
            }
            if (e.getStatus() / 100 == 5) {
                throw new IOException(e.getMessage(), e);
            }
            return "the registry refuses the schema: " + e.getMessage();
        }
    }

    private static StartException failed(String who, String during, ExecutionException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return new StartException(who + " failed while " + during + ": " + cause.getMessage(), cause);
    }
}
