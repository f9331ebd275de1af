package io.fengsui.alerting.topology;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertAccount;
import io.fengsui.alerting.duty.DutyPlan;
import io.fengsui.alerting.incident.CorrelationRules;
import io.fengsui.ops.AuditEntry;
import io.fengsui.ops.DeadLetter;
import io.fengsui.schema.serde.AvroReader;
import io.fengsui.schema.serde.AvroWriter;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topic;
import io.fengsui.schema.topic.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.RecordContext;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.TopicNameExtractor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;

/**
 * Where signals and commands meet, one task a partition, so that one thread decides over an alert:
 *
 * <pre>
 *   alert.signal  ─┐                                        ┌─► alert.state
 *   drill.…       ─┴─► apply-signals  ──┐                   │
 *                                       ├── alerts (store) ─┼─► township.&lt;unit&gt;.alert, city.&lt;department&gt;.alert
 *   alert.command ─┐                    │                   ├─► feed.dead-letter
 *   drill.…       ─┴─► apply-commands ──┤                   ├─► ops.audit (of commands)
 *   alert.context ─┐                    │                   │
 *   drill.…       ─┴─► apply-contexts ──┤                   │
 *              time ──► duty-clock ─────┘                   └─► alert.account (of live ones that are over)
 * </pre>
 *
 * Signals of life safety ({@code alert.signal.life-safety}) and commands go before other signals that wait ({@link Ahead}).
 * What came in under {@code drill.} goes out under {@code drill.}; only dead letters share a topic. What is said of all alerts
 * together comes from {@link CorrelationTopology}, by alert.change and back by alert.context and alert.signal.
 */
public final class AlertTopology {
    static final String STATES = "alert-states";
    static final String CHANGES = "alert-changes";
    static final String READERS = "alert-readers";
    static final String DEAD_LETTERS = "dead-letters";
    static final String AUDIT = "audit";
    static final String ACCOUNTS = "alert-accounts";

    private final SchemaRegistryClient registry;
    private final AvroReader<Alert> alertReader;
    private final AlertTargets targets;
    private final DeadLetters deadLetters;
    private final AvroWriter<AuditEntry> audit;
    private final AvroWriter<AlertAccount> accounts;
    private final CommandInput commandInput;
    private final TopologyMeters meters;
    private final Supplier<DutyPlan> plan;
    private final Clocks clocks;
    private final CorrelationTopology correlation;
    private final Set<TaskId> warm = ConcurrentHashMap.newKeySet();

    /**
     * @param writer writes alerts; shared with whoever looks schema ids up ahead
     * @param rules how alerts become incidents; asked again and again, never blocks
     * @param plan deadlines of alerts; asked again and again, never blocks
     * @param open whether the console is without log-in, so that commands need no user's authority
     * @param isReaderTopic whether a topic exists and may be written to; asked at each alert, never blocks
     */
    public AlertTopology(
            SchemaRegistryClient registry,
            AvroWriter<Alert> writer,
            Supplier<CorrelationRules> rules,
            Supplier<DutyPlan> plan,
            boolean open,
            Predicate<String> isReaderTopic,
            String applicationId,
            MeterRegistry meters,
            Clocks clocks) {
        this.registry = registry;
        this.meters = new TopologyMeters(meters);
        this.alertReader = new AvroReader<>(registry, Alert.class, Alert.getClassSchema());
        this.accounts = new AvroWriter<>(registry, AlertAccount.getClassSchema());
        this.targets = new AlertTargets(writer, accounts, isReaderTopic, this.meters);
        this.deadLetters = new DeadLetters(new AvroWriter<>(registry, DeadLetter.getClassSchema()), applicationId);
        this.audit = new AvroWriter<>(registry, AuditEntry.getClassSchema());
        this.commandInput = new CommandInput(open);
        this.plan = plan;
        this.clocks = clocks;
        this.correlation = new CorrelationTopology(registry, rules, deadLetters, meters, clocks.wall());
    }

    public Topology build() {
        Topology topology = new Topology();
        String signals = add(topology, Input.SIGNALS);
        String commands = add(topology, commandInput);
        String contexts = add(topology, Input.CONTEXTS);
        ProcessorSupplier<String, Outgoing, String, Outgoing> clock =
                () -> new DutyProcessor(alertReader, targets, plan, meters, clocks);
        topology.addProcessor(DutyProcessor.NAME, clock, signals, commands, contexts);
        topology.addStateStore(AlertStore.builder(), signals, commands, contexts, DutyProcessor.NAME);
        topology.addSink(
                STATES,
                new Checked("alert.state of the realm"),
                new StringSerializer(),
                Outgoing.SERIALIZER,
                signals,
                commands,
                contexts,
                DutyProcessor.NAME);
        topology.addSink(
                CHANGES,
                new Checked("alert.change of the realm"),
                new StringSerializer(),
                Outgoing.SERIALIZER,
                signals,
                commands,
                contexts,
                DutyProcessor.NAME);
        topology.addSink(
                READERS,
                new Checked("alert topics of units and departments"),
                new StringSerializer(),
                Outgoing.SERIALIZER,
                signals,
                commands,
                contexts,
                DutyProcessor.NAME);
        topology.addSink(
                DEAD_LETTERS,
                Topics.DEAD_LETTER.name(),
                new StringSerializer(),
                Outgoing.SERIALIZER,
                signals,
                commands,
                contexts);
        topology.addSink(
                ACCOUNTS,
                Topics.ALERT_ACCOUNT.name(),
                new StringSerializer(),
                Outgoing.SERIALIZER,
                signals,
                commands,
                contexts,
                DutyProcessor.NAME);
        topology.addSink(AUDIT, Topics.AUDIT.name(), new StringSerializer(), Outgoing.SERIALIZER, commands);
        correlation.addTo(topology, warm);
        return topology;
    }

    /**
     * Looks up what must be there to write.
     *
     * @throws io.fengsui.schema.serde.SchemaNotRegisteredException if 'topics apply' has not been run
     */
    public void prepare() {
        audit.schemaId(Topics.AUDIT.name());
        accounts.schemaId(Topics.ALERT_ACCOUNT.name());
        correlation.prepare();
    }

    /** Tasks that have had a transaction committed since they run here; a live view for any thread. */
    public Set<TaskId> warm() {
        return warm;
    }

    private <T extends SpecificRecord> String add(Topology topology, Input<T> input) {
        String processor = "apply-" + input.name();
        Topic<T> live = input.topic(Realm.LIVE);
        AvroReader<T> reader = new AvroReader<>(registry, live.type(), live.schema());
        ProcessorSupplier<String, byte[], String, Outgoing> supplier = () -> new AlertProcessor<>(
                input, reader, alertReader, targets, deadLetters, audit, plan, meters, clocks.wall(), warm);
        List<String> sources = new ArrayList<>();
        String[] inTurn = names(input::inTurn);
        if (inTurn.length > 0) {
            sources.add(input.name());
            topology.addSource(
                    AutoOffsetReset.earliest(),
                    input.name(),
                    new StringDeserializer(),
                    new ByteArrayDeserializer(),
                    inTurn);
        }
        String[] ahead = names(input::ahead);
        if (ahead.length > 0) {
            String source = "urgent-" + input.name();
            sources.add(source);
            topology.addSource(
                    AutoOffsetReset.earliest(),
                    source,
                    new Ahead(),
                    new StringDeserializer(),
                    new ByteArrayDeserializer(),
                    ahead);
        }
        topology.addProcessor(processor, supplier, sources.toArray(String[]::new));
        return processor;
    }

    private static <T extends SpecificRecord> String[] names(Function<Realm, List<Topic<T>>> topics) {
        return Arrays.stream(Realm.values())
                .flatMap(realm -> topics.apply(realm).stream())
                .map(Topic::name)
                .toArray(String[]::new);
    }

    /** Invents no topic: {@link AlertTargets} has checked that it exists. */
    record Checked(String topics) implements TopicNameExtractor<String, Outgoing> {
        @Override
        public String extract(String key, Outgoing outgoing, RecordContext context) {
            return outgoing.topic();
        }

        /** Stands in the golden topology. */
        @Override
        public String toString() {
            return topics;
        }
    }
}
