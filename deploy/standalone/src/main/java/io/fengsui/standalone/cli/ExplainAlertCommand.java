package io.fengsui.standalone.cli;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.fengsui.alert.Alert;
import io.fengsui.alert.SubjectKind;
import io.fengsui.event.Place;
import io.fengsui.platform.CompactedTable;
import io.fengsui.platform.StartException;
import io.fengsui.reference.Parameter;
import io.fengsui.reference.RuleFile;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topic;
import io.fengsui.schema.topic.Topics;
import io.fengsui.standalone.rules.AlertExplanation;
import io.fengsui.standalone.rules.ParameterOrigin;
import io.fengsui.streams.rule.RuleBook;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells why there is an alert. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description = {
            "Tells why there is an alert: rule and version, what it saw, thresholds and where they are set, and what",
            "would end it.",
            "",
            "Reads alert.state, ref.rule and ref.parameter of a running system; 'fengsui tail alert.state' and the console",
            "name the alerts."
        })
final class ExplainAlertCommand implements Callable<Integer> {
    private static final Duration LOAD = Duration.ofSeconds(30);

    @Parameters(paramLabel = "ALERT", description = "Its id, such as dust-spark@dc-0001.")
    private String alertId = "";

    @Option(names = "--drill", description = "An alert of an exercise.")
    private boolean drill;

    @Mixin
    private LanguageOption language = new LanguageOption();

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        cluster.admin().close();
        SchemaRegistryClient registry = cluster.registry();
        Alert alert = read(Topics.alertState(drill ? Realm.DRILL : Realm.LIVE), registry, alertId::equals)
                .get(alertId);
        if (alert == null) {
            throw new StartException("No alert " + alertId + (drill ? " of an exercise" : "")
                    + "; ids are <rule>@<device or incident>, as the console shows them");
        }
        RuleBook book = new RuleBook(feed -> {});
        RuleFile file = read(Topics.REF_RULE, registry, alert.getFeed()::equals).get(alert.getFeed());
        if (file != null) {
            book.accept(alert.getFeed(), file);
        }
        AlertExplanation explanation = new AlertExplanation(
                language.get(),
                alert,
                book.of(alert.getFeed()),
                origin(alert, read(Topics.REF_PARAMETER, registry, key -> true)));
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        explanation.lines().forEach(out::println);
        out.flush();
        return 0;
    }

    /** An incident's device is in its event's id. */
    private static ParameterOrigin origin(Alert alert, Map<String, Parameter> rows) {
        Place place = alert.getSubject().getPlace();
        String event = Objects.requireNonNullElse(alert.getLastEventId(), "");
        String[] parts = event.split("/", 3);
        boolean incident = alert.getSubject().getKind() == SubjectKind.INCIDENT;
        String device =
                incident && parts.length == 3 ? parts[1] : alert.getSubject().getId();
        return new ParameterOrigin(
                rows,
                InstantSource.system().instant(),
                device,
                place == null ? null : place.getSiteId(),
                alert.getSubject().getUnitIds());
    }

    /** Of a topic whose keys may be without end only what is wanted is kept. */
    private <V extends SpecificRecord> Map<String, V> read(
            Topic<V> topic, SchemaRegistryClient registry, Predicate<String> wanted) throws InterruptedException {
        Map<String, V> rows = new ConcurrentHashMap<>();
        try (CompactedTable<V> table =
                CompactedTable.telling(topic, cluster.clients(), registry, "rules", (key, value) -> {
                    if (value == null) {
                        rows.remove(key);
                    } else if (wanted.test(key)) {
                        rows.put(key, value);
                    }
                })) {
            table.start();
            table.awaitLoaded(LOAD);
            return Map.copyOf(rows);
        }
    }
}
