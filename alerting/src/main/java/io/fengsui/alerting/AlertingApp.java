package io.fengsui.alerting;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.fengsui.alert.Alert;
import io.fengsui.alerting.access.UserDirectory;
import io.fengsui.alerting.audit.AuditLog;
import io.fengsui.alerting.audit.KafkaAuditLog;
import io.fengsui.alerting.audit.KafkaAuditTrail;
import io.fengsui.alerting.board.AlertBoard;
import io.fengsui.alerting.board.AlertCommands;
import io.fengsui.alerting.board.DeliveryDuty;
import io.fengsui.alerting.board.KafkaCapLog;
import io.fengsui.alerting.board.KafkaCommandLog;
import io.fengsui.alerting.board.KafkaRecordFinder;
import io.fengsui.alerting.board.LedgerView;
import io.fengsui.alerting.board.ReadersView;
import io.fengsui.alerting.board.ReferenceData;
import io.fengsui.alerting.board.Withdrawals;
import io.fengsui.alerting.console.Access;
import io.fengsui.alerting.console.ConsoleServer;
import io.fengsui.alerting.console.ConsoleSettings;
import io.fengsui.alerting.console.cap.CapReaders;
import io.fengsui.alerting.console.cap.CapResource;
import io.fengsui.alerting.console.page.Paths;
import io.fengsui.alerting.duty.DutyPlan;
import io.fengsui.alerting.figures.KafkaAccounts;
import io.fengsui.alerting.incident.CorrelationRules;
import io.fengsui.alerting.meter.BoardMeters;
import io.fengsui.alerting.notify.NotifyLoop;
import io.fengsui.alerting.readers.KafkaSignalLog;
import io.fengsui.alerting.readers.ReaderWatch;
import io.fengsui.alerting.readers.SignalLog;
import io.fengsui.alerting.readings.KafkaReadings;
import io.fengsui.alerting.readings.SharedReadings;
import io.fengsui.alerting.topology.AlertStreams;
import io.fengsui.alerting.topology.AlertTopology;
import io.fengsui.alerting.topology.Clocks;
import io.fengsui.alerting.topology.ReaderTopics;
import io.fengsui.alerting.topology.RulesInForce;
import io.fengsui.alerting.topology.SourceCheck;
import io.fengsui.platform.App;
import io.fengsui.platform.Health;
import io.fengsui.platform.StartException;
import io.fengsui.schema.serde.AvroWriter;
import io.fengsui.schema.serde.RegistryUnavailableException;
import io.fengsui.schema.serde.SchemaNotRegisteredException;
import io.fengsui.schema.serde.SchemaRegistry;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topics;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The alerting process, wired in flow order: signals and commands → {@link AlertTopology} → alert.state and
 * alert.incident → {@link AlertBoard}
 * → notifiers and console.
 */
public final class AlertingApp implements App {
    private static final Logger logger = LoggerFactory.getLogger(AlertingApp.class);
    private static final String NAME = "alerting";
    private static final Duration COMMAND_PATIENCE = Duration.ofSeconds(3);

    private final AlertingConfig config;
    private final AvroWriter<Alert> writer;
    private final Admin admin;
    private final ReferenceData reference;
    private final SharedReadings deviceReadings;
    private final ReaderTopics readerTopics;
    private final RulesInForce<CorrelationRules> rules;
    private final RulesInForce<DutyPlan> dutyPlan;
    private final AlertTopology topology;
    private final AlertStreams streams;
    private final AlertBoard board;
    private final AlertCommands commands;
    private final Access access;
    private final AuditLog auditLog;
    private final LedgerView ledger;
    private final ReadersView readers;
    private final SignalLog signalLog;
    private final Withdrawals withdrawals;
    private final BoardMeters boardMeters;
    private final DeliveryDuty deliveryDuty;
    private final Map<Realm, KafkaCapLog> cap = new EnumMap<>(Realm.class);
    private final List<NotifyLoop> notifyLoops;
    private final ConsoleServer console;
    private final ScheduledExecutorService upkeep;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile boolean started;

    /**
     * Opens no port and reads nothing yet.
     *
     * @param meters also served at /metrics
     * @param neighbours health of apps in the same JVM, by name, for /health
     */
    public AlertingApp(
            AlertingConfig config,
            PrometheusMeterRegistry meters,
            InstantSource clock,
            Map<String, Supplier<Health>> neighbours) {
        this(config, SchemaRegistry.connect(config.registry()), meters, clock, neighbours);
    }

    AlertingApp(
            AlertingConfig config,
            SchemaRegistryClient registry,
            PrometheusMeterRegistry meters,
            InstantSource clock,
            Map<String, Supplier<Health>> neighbours) {
        this.config = config;
        this.access = config.access().open(config.http(), clock);
        CapReaders capReaders = capReaders(config);
        Map<String, Object> kafka = config.kafka();
        this.writer = new AvroWriter<>(registry, Alert.getClassSchema());
        this.admin = Admin.create(kafka);
        this.reference = ReferenceData.following(kafka, registry, NAME);
        this.deviceReadings = new SharedReadings(new KafkaReadings(kafka, registry, NAME, clock), clock);
        this.readerTopics = new ReaderTopics(admin, writer, this::namedReaderTopics);
        this.rules = RulesInForce.incidents(kafka, registry, NAME);
        this.dutyPlan = RulesInForce.duty(kafka, registry, NAME);
        this.topology = new AlertTopology(
                registry,
                writer,
                rules,
                dutyPlan,
                access.open(),
                readerTopics,
                config.streams().applicationId(),
                meters,
                Clocks.of(clock));
        this.streams = new AlertStreams(
                topology,
                StreamsSettings.of(config),
                config.streams().groupInstanceId().isPresent(),
                meters,
                clock);
        this.board = new AlertBoard(kafka, registry, NAME, dutyPlan);
        this.commands = new AlertCommands(new KafkaCommandLog(kafka, registry, NAME), board, COMMAND_PATIENCE);
        this.auditLog = new KafkaAuditLog(kafka, registry, NAME);
        this.ledger = new LedgerView(kafka, registry, NAME, config.routingApplicationId(), clock);
        this.readers = new ReadersView(kafka, NAME, config.readerSilentAfter(), clock);
        this.withdrawals = new Withdrawals(new KafkaRecordFinder(kafka, registry, NAME, clock), clock);
        this.signalLog = new KafkaSignalLog(kafka, registry, NAME);
        this.boardMeters = new BoardMeters(
                meters,
                unit -> readerTopics.test(Topics.townshipAlert(Realm.LIVE, unit).name()),
                clock);
        this.deliveryDuty = new DeliveryDuty(
                kafka, config.streams().applicationId(), config.streams().sessionTimeout());
        readers.listen(new ReaderWatch(
                config.readerSilentAfter(), board, reference.names(), signalLog, this::isFresh, this::speaksOfReaders));
        for (Realm realm : Realm.values()) {
            cap.put(realm, new KafkaCapLog(realm, kafka, registry, NAME, alertId -> board.isToldOf(realm, alertId)));
        }
        this.notifyLoops =
                Notifiers.of(config, board, reference.names(), cap, this::pageOf, deliveryDuty, meters, clock);
        this.console = new ConsoleServer(
                new ConsoleSettings(
                        config.http().host(),
                        config.http().port(),
                        config.http().publicUrl(),
                        access),
                board,
                commands,
                auditLog,
                new KafkaAuditTrail(kafka, registry, NAME, clock),
                new KafkaAccounts(kafka, registry, NAME, clock),
                ledger,
                readers,
                withdrawals,
                reference,
                deviceReadings,
                meters,
                this::isFresh,
                () -> overall(neighbours),
                new CapResource(
                        cap,
                        capReaders,
                        config.http().publicUrl(),
                        config.delivery().cap().senderName().getZh(),
                        meters,
                        clock)::route,
                clock);
        this.upkeep = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "alerting-upkeep");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public void start() throws InterruptedException {
        Duration timeout = config.streams().startTimeout();
        SourceCheck.verify(admin);
        reference.start();
        rules.start();
        dutyPlan.start();
        board.listen(boardMeters::changed);
        board.start();
        ledger.start();
        readers.start();
        reference.awaitLoaded(timeout);
        rules.awaitLoaded(timeout);
        dutyPlan.awaitLoaded(timeout);
        board.awaitLoaded(timeout);
        ledger.awaitLoaded(timeout);
        console.start();
        verifyTargets();
        streams.start(timeout);
        boardMeters.begin();
        boardMeters.freshness(this::isFresh);
        cap.values().forEach(KafkaCapLog::start);
        deliveryDuty.start();
        notifyLoops.forEach(NotifyLoop::start);
        Future<?> unusedGauges = upkeep.scheduleWithFixedDelay(this::refreshMeters, 0, 1, TimeUnit.SECONDS);
        Future<?> unusedTargets = upkeep.scheduleWithFixedDelay(this::verifyAgain, 1, 1, TimeUnit.MINUTES);
        if (!ledger.awaitRead(timeout)) {
            logger.warn("The offsets of the ledger are not read; alerts do not wait for them, readiness does");
        }
        started = true;
        logger.info("Alerting is ready; console at http://{}:{}", config.http().host(), console.port());
    }

    /** Port of console, API, metrics and health, once started. */
    public int port() {
        return console.port();
    }

    @Override
    public Health check() {
        Map<String, Health> parts = new LinkedHashMap<>();
        parts.put("topology", streams.check());
        parts.put("board", followed(board.healthy()));
        parts.put("names", followed(reference.healthy()));
        parts.put("incidents", followed(board.incidents().healthy()));
        parts.put("incident-rules", rulesHealth(rules));
        parts.put("duty-rules", rulesHealth(dutyPlan));
        // A consumer waits in silence for a Kafka that is gone; the ledger asks for an answer every second.
        parts.put(
                "ledger",
                ledger.healthy()
                        ? Health.up(Map.of("state", "followed"))
                        : Health.notReady(Map.of("state", "stands still: does Kafka answer?")));
        access.users()
                .flatMap(UserDirectory::problem)
                .ifPresent(problem -> parts.put("users", Health.up(Map.of("refused", problem))));
        // A receiver that does not answer is told, and keeps no alert from anybody.
        for (NotifyLoop loop : notifyLoops) {
            parts.put(loop.name(), Health.up(Map.of("state", loop.state())));
        }
        parts.put("start", started ? Health.up(Map.of()) : Health.notReady(Map.of("state", "starting")));
        return Health.of(parts);
    }

    /** Rules that are refused stop nothing: the former are in force. */
    private static Health rulesHealth(RulesInForce<?> rules) {
        return rules.problem()
                .map(problem -> Health.up(Map.of("refused", problem)))
                .orElseGet(() -> followed(rules.healthy()));
    }

    /** Whether an alert that is raised now would be on the board soon. */
    private boolean isFresh() {
        return board.healthy() && ledger.healthy() && !streams.standsStill();
    }

    /** One of several instances, and not before the alerts of before are on the board. */
    private boolean speaksOfReaders() {
        return started && deliveryDuty.getAsBoolean();
    }

    private Health overall(Map<String, Supplier<Health>> neighbours) {
        Map<String, Health> all = new LinkedHashMap<>();
        all.put(NAME, check());
        neighbours.forEach((name, health) -> all.put(name, health.get()));
        return Health.of(all);
    }

    /** A table that is no longer followed does not come back by itself. */
    private static Health followed(boolean healthy) {
        return healthy
                ? Health.up(Map.of("state", "followed"))
                : Health.dead(Map.of("state", "no longer followed; restart"));
    }

    private List<String> namedReaderTopics() {
        List<String> topics = new ArrayList<>();
        for (Realm realm : Realm.values()) {
            reference
                    .names()
                    .townships()
                    .forEach(unit -> topics.add(
                            Topics.townshipAlert(realm, unit.getUnitId()).name()));
            reference
                    .names()
                    .departments()
                    .forEach(unit ->
                            topics.add(Topics.cityAlert(realm, unit.getUnitId()).name()));
        }
        return topics;
    }

    private void verifyTargets() throws InterruptedException {
        try {
            for (Realm realm : Realm.values()) {
                writer.schemaId(Topics.alertState(realm).name());
            }
            topology.prepare();
            readerTopics.verify();
        } catch (SchemaNotRegisteredException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        } catch (RegistryUnavailableException e) {
            throw new StartException(e.getMessage() + "; check " + SchemaRegistry.URL, e);
        } catch (ExecutionException | TimeoutException e) {
            throw new StartException("Kafka does not list its topics: " + e.getMessage(), e);
        }
    }

    private void verifyAgain() {
        try {
            readerTopics.verify();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            logger.warn("Topics of units and departments could not be verified; those known stay: {}", e.getMessage());
        }
    }

    private void refreshMeters() {
        try {
            for (Realm realm : Realm.values()) {
                boardMeters.refresh(realm, board.alerts(realm));
            }
            readers.reading().ifPresent(boardMeters::refresh);
            ledger.ledger().ifPresent(boardMeters::refresh);
        } catch (RuntimeException e) {
            logger.warn("Gauges of alerts could not be renewed", e);
        }
    }

    private static CapReaders capReaders(AlertingConfig config) {
        if (config.delivery().capReaders().isPresent()) {
            return CapReaders.of(config.delivery().capReaders().get());
        }
        if (config.http().isOnlyForThisMachine()) {
            return CapReaders.everybody();
        }
        logger.warn("CAP is closed: others reach this server, and alerting.cap.readers.file is not set");
        return CapReaders.nobody();
    }

    private URI pageOf(Alert alert) {
        String base = config.http()
                .publicUrl()
                .map(URI::toString)
                .orElseGet(() -> "http://" + config.http().host() + ":" + console.port());
        return URI.create(base + Paths.alert(Realm.of(alert.getStatus()), alert.getAlertId()));
    }

    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        started = false;
        upkeep.shutdownNow();
        console.close();
        notifyLoops.forEach(NotifyLoop::close);
        deliveryDuty.close();
        cap.values().forEach(KafkaCapLog::close);
        streams.close();
        commands.close();
        auditLog.close();
        ledger.close();
        readers.close();
        signalLog.close();
        withdrawals.close();
        board.close();
        dutyPlan.close();
        rules.close();
        reference.close();
        deviceReadings.close();
        admin.close(Duration.ofSeconds(2));
    }
}
