package io.fengsui.standalone.docs;

import io.fengsui.reference.Unit;
import io.fengsui.reference.UnitKind;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topic;
import io.fengsui.schema.topic.Topic.Cleanup;
import io.fengsui.schema.topic.Topics;
import io.fengsui.seeds.SeedSet;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.avro.Schema;

/** Kafka's side of the AsyncAPI document: topics that always exist, and a pattern for those of units and departments. */
final class KafkaChannels {
    private static final String UNIT = "{unit}";
    private static final String DEPARTMENT = "{department}";

    /**
     * A topic, or a pattern of topics.
     *
     * @param parameters what stands in braces in its name
     */
    record Channel(Topic<?> topic, Map<String, Object> parameters) {

        String id() {
            return topic.name().replace("{", "").replace("}", "");
        }

        Map<String, Object> described() {
            Map<String, Object> channel = Tree.of(
                    "address", topic.name(),
                    "description", topic.description(),
                    "servers", List.of(Tree.of("$ref", "#/servers/kafka")));
            if (!parameters.isEmpty()) {
                channel.put("parameters", parameters);
            }
            String record = topic.schema().getName();
            channel.put("messages", Tree.of(record, Tree.of("$ref", "#/components/messages/" + record)));
            channel.put("bindings", Tree.of("kafka", Tree.of("topicConfiguration", kept(), "bindingVersion", "0.5.0")));
            return channel;
        }

        private Map<String, Object> kept() {
            return topic.cleanup() == Cleanup.COMPACT
                    ? Tree.of("cleanup.policy", List.of("compact"))
                    : Tree.of(
                            "cleanup.policy",
                            List.of("delete"),
                            "retention.ms",
                            topic.retention().toMillis());
        }
    }

    private final SeedSet seeds;
    private final Consumer<Channel> add;

    KafkaChannels(SeedSet seeds, Consumer<Channel> add) {
        this.seeds = seeds;
        this.add = add;
    }

    void addAll() {
        for (Realm realm : Realm.values()) {
            for (Feed<?> feed : Feeds.all()) {
                add.accept(new Channel(Topics.township(realm, UNIT, feed), units()));
                add.accept(new Channel(Topics.city(realm, DEPARTMENT, feed), departments()));
            }
            add.accept(new Channel(Topics.townshipAlert(realm, UNIT), units()));
            add.accept(new Channel(Topics.cityAlert(realm, DEPARTMENT), departments()));
        }
        Topics.fixed().forEach(topic -> add.accept(new Channel(topic, Map.of())));
    }

    /** An Avro record as a message, in Confluent's wire format. */
    static Map<String, Object> message(Schema schema) {
        return Tree.of(
                "title", schema.getName(),
                "summary", schema.getDoc(),
                "contentType", "application/vnd.apache.avro",
                "payload",
                        Tree.of(
                                "schemaFormat",
                                "application/vnd.apache.avro;version=1.9.0",
                                "schema",
                                Tree.of("$ref", "./" + AvroPages.file(schema))),
                "bindings",
                        Tree.of(
                                "kafka",
                                Tree.of(
                                        "key", Tree.of("type", "string"),
                                        "schemaIdLocation", "payload",
                                        "schemaIdPayloadEncoding", "confluent",
                                        "schemaLookupStrategy", "TopicNameStrategy",
                                        "bindingVersion", "0.5.0")));
    }

    private Map<String, Object> units() {
        return Tree.of(
                "unit",
                parameter(
                        "区镇、园区、办事处 / Township, zone, office or area.",
                        unit -> Topics.hasTownshipTopics(unit.getKind())));
    }

    private Map<String, Object> departments() {
        return Tree.of(
                "department", parameter("市级部门 / City department.", unit -> unit.getKind() == UnitKind.DEPARTMENT));
    }

    private Map<String, Object> parameter(String description, Predicate<Unit> kind) {
        return Tree.of(
                "description",
                description,
                "enum",
                seeds.units().values().stream()
                        .filter(kind)
                        .map(Unit::getUnitId)
                        .sorted()
                        .toList());
    }
}
