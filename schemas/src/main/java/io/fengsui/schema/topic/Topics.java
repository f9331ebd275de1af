package io.fengsui.schema.topic;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertAccount;
import io.fengsui.alert.AlertCommand;
import io.fengsui.alert.AlertContext;
import io.fengsui.alert.AlertDelivery;
import io.fengsui.alert.AlertSignal;
import io.fengsui.alert.CapMessage;
import io.fengsui.alert.Incident;
import io.fengsui.ops.Account;
import io.fengsui.ops.AuditEntry;
import io.fengsui.ops.DeadLetter;
import io.fengsui.ops.DeadLetterReplay;
import io.fengsui.ops.Occurrence;
import io.fengsui.ops.PartialMessage;
import io.fengsui.ops.Pulse;
import io.fengsui.ops.ReferenceChange;
import io.fengsui.ops.SlotState;
import io.fengsui.ops.Unrouted;
import io.fengsui.ops.UnroutedReplay;
import io.fengsui.reference.Device;
import io.fengsui.reference.DutyRules;
import io.fengsui.reference.IncidentRules;
import io.fengsui.reference.MaintenanceWindow;
import io.fengsui.reference.Parameter;
import io.fengsui.reference.Route;
import io.fengsui.reference.RuleFile;
import io.fengsui.reference.Site;
import io.fengsui.reference.Unit;
import io.fengsui.reference.UnitKind;
import io.fengsui.reference.VendorFactors;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.feed.Lane;
import io.fengsui.schema.reference.Dated;
import io.fengsui.schema.topic.Topic.Cleanup;
import io.fengsui.schema.topic.Topic.Spread;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** All topics (design 4.2). No topic name is written anywhere else. */
public final class Topics {

    /** Last level of the alert topics of units and departments. */
    public static final String ALERT = "alert";

    /** Dead letters of all feeds but the protected ones, and of messages of no feed. */
    public static final Topic<DeadLetter> DEAD_LETTER = deadLetters("feed.dead-letter");

    /** Who sent which dead letter in again; not compacted, since each replay of a letter counts. */
    public static final Topic<DeadLetterReplay> DEAD_LETTER_REPLAY = Topic.journal(
            "ops.dead-letter-replay",
            DeadLetterReplay.class,
            "Replays of dead letters: who, when, what became of them");

    /** Who sent which event on to readers that had missed it; not compacted, since an event may be sent on more than once. */
    public static final Topic<UnroutedReplay> UNROUTED_REPLAY = Topic.journal(
            "ops.unrouted-replay",
            UnroutedReplay.class,
            "Events sent on to readers that had missed them: who, when, to whom");

    /** Who changed which row of the reference data by hand. */
    public static final Topic<ReferenceChange> REFERENCE_CHANGE = Topic.journal(
            "ops.reference-change",
            ReferenceChange.class,
            "Rows of the reference data that were changed beside the files: who, when, what");

    /** Who did or tried what at the console. */
    public static final Topic<AuditEntry> AUDIT =
            Topic.journal("ops.audit", AuditEntry.class, "What people did or tried at the console");

    /** What each occurrence of a live alert counts in the monthly figures; of exercises there is none. */
    public static final Topic<AlertAccount> ALERT_ACCOUNT = Topic.single(
            "alert.account",
            AlertAccount.class,
            Duration.ofDays(1_100),
            "What occurrences of alerts that are over count in the monthly figures");

    public static final Topic<Pulse> PULSE = Topic.keyed(
            "ingest.pulse",
            Pulse.class,
            Duration.ofHours(1),
            "Signs of life of the bridges; absence clocks run on them");

    public static final Topic<PartialMessage> PARTIAL = Topic.compacted(
            "ingest.partial", PartialMessage.class, "Beginnings of frames whose end is still to come, by device");

    public static final Topic<SlotState> SLOT = new Topic<>(
            "ingest.slot",
            SlotState.class,
            SlotState.getClassSchema(),
            Spread.SLOTS,
            Cleanup.COMPACT,
            Duration.ZERO,
            "Slots of the bridges: who is assigned a partition serves the slot of that number");

    public static final Topic<Account> ACCOUNT =
            Topic.compacted("ledger.account", Account.class, "Counts of the ledger by task, feed and hour");

    public static final Topic<Unit> REF_UNIT =
            Topic.compacted("ref.unit", Unit.class, "Townships, zones, offices, areas and departments");
    public static final Topic<Site> REF_SITE =
            Topic.compacted("ref.site", Site.class, "Hazard sources, dust-explosion enterprises, buildings");
    public static final Topic<Device> REF_DEVICE =
            Topic.compacted("ref.device", Device.class, "Registered devices and gateways");
    public static final Topic<Route> REF_ROUTE = Topic.compacted("ref.route", Route.class, "Who reads which feed");
    public static final Topic<Parameter> REF_PARAMETER =
            Topic.compacted("ref.parameter", Parameter.class, "Values that rules use");
    public static final Topic<RuleFile> REF_RULE =
            Topic.compacted("ref.rule", RuleFile.class, "Rule files, one a feed");

    public static final Topic<IncidentRules> REF_INCIDENT = Topic.compacted(
            "ref.incident",
            IncidentRules.class,
            "How alerts become incidents, named patterns, dark gateways and vendors");

    public static final Topic<DutyRules> REF_DUTY = Topic.compacted(
            "ref.duty",
            DutyRules.class,
            "Deadlines of escalation and of reports upwards, flapping, revisions of figures");

    public static final Topic<VendorFactors> REF_FACTOR =
            Topic.compacted("ref.factor", VendorFactors.class, "Factor codes of HJ 212, one vendor each");

    public static final Topic<MaintenanceWindow> REF_MAINTENANCE = Topic.compacted(
            "ref.maintenance", MaintenanceWindow.class, "Announced work during which alerts are suppressed");

    /** Made once: a bridge asks for one with each event. */
    private static final Map<Realm, Map<Feed<?>, Topic<?>>> FEEDS = Arrays.stream(Realm.values())
            .collect(Collectors.toUnmodifiableMap(Function.identity(), realm -> Feeds.all().stream()
                    .collect(Collectors.toUnmodifiableMap(Function.identity(), feed -> declared(realm, feed)))));

    private Topics() {}

    /** Where the bridge writes the events of a feed. */
    @SuppressWarnings("unchecked")
    public static <T extends SpecificRecord> Topic<T> feed(Realm realm, Feed<T> feed) {
        Topic<?> known = Objects.requireNonNull(FEEDS.get(realm)).get(feed);
        return known == null ? declared(realm, feed) : (Topic<T>) known;
    }

    private static <T extends SpecificRecord> Topic<T> declared(Realm realm, Feed<T> feed) {
        return new Topic<>(
                realm.prefix() + "feed." + feed.id(),
                feed.type(),
                feed.schema(),
                Spread.KEYED,
                Cleanup.DELETE,
                Duration.ofDays(7),
                feed.nameEn() + ", as decoded by the bridge");
    }

    /**
     * Where messages of a feed, or of none, are kept that could not be processed. Those of a protected feed hold personal data,
     * and lie under the feed's own prefix.
     */
    public static Topic<DeadLetter> deadLetter(@Nullable Feed<?> feed) {
        return feed != null && feed.isProtected() ? deadLetters("feed." + feed.id() + ".dead-letter") : DEAD_LETTER;
    }

    /** All topics of dead letters, the shared one first. */
    public static List<Topic<DeadLetter>> allDeadLetters() {
        return withProtected(Topics::deadLetter);
    }

    /** The protected feed whose messages lie in a topic of dead letters; empty for the shared one. */
    public static Optional<Feed<?>> keeper(Topic<DeadLetter> deadLetters) {
        return Feeds.all().stream()
                .filter(Feed::isProtected)
                .filter(feed -> deadLetter(feed).name().equals(deadLetters.name()))
                .findFirst();
    }

    /** Whose events lie in a topic, as the bridge writes them; empty if it is no feed's. */
    public static Optional<Feed<?>> feedOf(String topic) {
        return Feeds.all().stream()
                .filter(feed -> Arrays.stream(Realm.values())
                        .anyMatch(realm -> feed(realm, feed).name().equals(topic)))
                .findFirst();
    }

    /** Where events of a feed are kept that no route or unit takes; null: those of all feeds but the protected ones. */
    public static Topic<Unrouted> unrouted(Realm realm, @Nullable Feed<?> feed) {
        String own = feed != null && feed.isProtected() ? "." + feed.id() : "";
        return Topic.single(
                realm.prefix() + "feed" + own + ".unrouted",
                Unrouted.class,
                Duration.ofDays(30),
                "Events that no route or unit takes: a queue that people work off");
    }

    public static <T extends SpecificRecord> Topic<T> township(Realm realm, String unitId, Feed<T> feed) {
        return Topic.reader(
                realm.prefix() + "township." + unitId + "." + feed.id(),
                feed.type(),
                feed.schema(),
                feed.nameEn() + " of " + unitId);
    }

    public static <T extends SpecificRecord> Topic<T> city(Realm realm, String departmentId, Feed<T> feed) {
        return Topic.reader(
                realm.prefix() + "city." + departmentId + "." + feed.id(),
                feed.type(),
                feed.schema(),
                feed.nameEn() + " for city department " + departmentId);
    }

    public static Topic<Alert> townshipAlert(Realm realm, String unitId) {
        return Topic.reader(realm.prefix() + "township." + unitId + "." + ALERT, Alert.class, "Alerts of " + unitId);
    }

    public static Topic<Alert> cityAlert(Realm realm, String departmentId) {
        return Topic.reader(
                realm.prefix() + "city." + departmentId + "." + ALERT,
                Alert.class,
                "Alerts for city department " + departmentId);
    }

    /** What rules of a lane count across devices: within the streams app, keyed by rule and group. */
    public static Topic<Occurrence> occurrence(Realm realm, Lane lane) {
        return Topic.keyed(
                realm.prefix() + "rule.occurrence." + lane.id(),
                Occurrence.class,
                Duration.ofDays(1),
                "What rules count across devices, on its way within the streams app");
    }

    public static Topic<AlertSignal> alertSignal(Realm realm) {
        return alertSignal(realm, Lane.TELEMETRY);
    }

    /** What rules of a lane say: of life safety apart, so that it goes before the rest. */
    public static Topic<AlertSignal> alertSignal(Realm realm, Lane lane) {
        String name = "alert.signal" + (lane == Lane.TELEMETRY ? "" : "." + lane.id());
        String words =
                "What the rules say" + (lane == Lane.TELEMETRY ? "" : " of life safety; it goes before the rest");
        return Topic.keyed(realm.prefix() + name, AlertSignal.class, Duration.ofDays(30), words);
    }

    /** All topics of signals of a realm. */
    public static List<Topic<AlertSignal>> alertSignals(Realm realm) {
        return Arrays.stream(Lane.values())
                .map(lane -> alertSignal(realm, lane))
                .toList();
    }

    public static Topic<AlertCommand> alertCommand(Realm realm) {
        return Topic.keyed(
                realm.prefix() + "alert.command",
                AlertCommand.class,
                Duration.ofDays(365),
                "What people ask of alerts");
    }

    public static Topic<Alert> alertState(Realm realm) {
        return Topic.standing(realm.prefix() + "alert.state", Alert.class, "Every alert as it stands");
    }

    /** Changes of all alerts in one partition, for what must look at all of them; without histories. */
    public static Topic<Alert> alertChange(Realm realm) {
        return Topic.single(
                realm.prefix() + "alert.change", Alert.class, Duration.ofDays(7), "Changes of all alerts in one order");
    }

    public static Topic<AlertContext> alertContext(Realm realm) {
        return Topic.keyed(
                realm.prefix() + "alert.context",
                AlertContext.class,
                Duration.ofDays(7),
                "What the view over all alerts says of one");
    }

    public static Topic<Incident> alertIncident(Realm realm) {
        return Topic.compacted(
                realm.prefix() + "alert.incident",
                Incident.class,
                "Alerts of several feeds at one place, looked at together");
    }

    /** What became of each alert at each receiver outside of Kafka. */
    public static Topic<AlertDelivery> alertDelivery(Realm realm) {
        return Topic.compacted(
                realm.prefix() + "alert.delivery", AlertDelivery.class, "What receivers outside of Kafka have");
    }

    /** CAP messages as they were published: three times the 30 days for which figures of casualties change. */
    public static Topic<CapMessage> alertCap(Realm realm) {
        return Topic.single(
                realm.prefix() + "alert.cap", CapMessage.class, Duration.ofDays(90), "Published CAP messages");
    }

    /** Topics that exist whatever the reference data says. */
    public static List<Topic<?>> fixed() {
        List<Topic<?>> topics = new ArrayList<>(allDeadLetters());
        topics.addAll(List.of(
                DEAD_LETTER_REPLAY,
                UNROUTED_REPLAY,
                REFERENCE_CHANGE,
                AUDIT,
                ALERT_ACCOUNT,
                PULSE,
                PARTIAL,
                SLOT,
                ACCOUNT,
                REF_UNIT,
                REF_SITE,
                REF_DEVICE,
                REF_ROUTE,
                REF_PARAMETER,
                REF_RULE,
                REF_INCIDENT,
                REF_DUTY,
                REF_FACTOR,
                REF_MAINTENANCE));
        for (Realm realm : Realm.values()) {
            for (Lane lane : Lane.values()) {
                topics.add(occurrence(realm, lane));
            }
            for (Feed<?> feed : Feeds.all()) {
                topics.add(feed(realm, feed));
            }
            topics.addAll(allUnrouted(realm));
            topics.addAll(alertSignals(realm));
            topics.add(alertCommand(realm));
            topics.add(alertState(realm));
            topics.add(alertChange(realm));
            topics.add(alertContext(realm));
            topics.add(alertIncident(realm));
            topics.add(alertDelivery(realm));
            topics.add(alertCap(realm));
        }
        return List.copyOf(topics);
    }

    /** Topics of one unit or department for its readers, in one realm: a feed each that may be routed there, and its alerts. */
    public static List<Topic<?>> readersOf(Realm realm, Unit unit, Collection<Route> routes) {
        List<Topic<?>> topics = new ArrayList<>();
        if (hasTownshipTopics(unit.getKind())) {
            for (Feed<?> feed : Feeds.all()) {
                if (anyTime(routes).anyMatch(r -> r.getToUnits() && r.getFeed().equals(feed.id()))) {
                    topics.add(township(realm, unit.getUnitId(), feed));
                }
            }
            topics.add(townshipAlert(realm, unit.getUnitId()));
        } else if (unit.getKind() == UnitKind.DEPARTMENT) {
            for (Feed<?> feed : Feeds.all()) {
                if (anyTime(routes)
                        .anyMatch(r -> r.getFeed().equals(feed.id())
                                && r.getDepartmentIds().contains(unit.getUnitId()))) {
                    topics.add(city(realm, unit.getUnitId(), feed));
                }
            }
            topics.add(cityAlert(realm, unit.getUnitId()));
        }
        return topics;
    }

    /** Whoever may read once has a topic from then on: what is late still goes there. */
    private static Stream<Route> anyTime(Collection<Route> routes) {
        return routes.stream().flatMap(route -> Dated.ROUTE.rows(route).stream());
    }

    /** Which unit or department a live topic is for; nothing if it is no reader's. */
    public static Optional<String> readerOf(String topic) {
        String[] levels = topic.split("\\.", -1);
        boolean readers = levels.length == 3 && (levels[0].equals("township") || levels[0].equals("city"));
        return readers ? Optional.of(levels[1]) : Optional.empty();
    }

    /** Those of some topics that are readers' of a feed's events, whoever the reader is or was. */
    public static <T extends SpecificRecord> List<Topic<T>> readersAmong(
            Collection<String> names, Realm realm, Feed<T> feed) {
        return names.stream()
                .filter(name -> name.endsWith("." + feed.id()))
                .filter(name -> Stream.of("township.", "city.").anyMatch(of -> name.startsWith(realm.prefix() + of)))
                .sorted()
                .map(name -> Topic.reader(name, feed.type(), feed.schema(), feed.nameEn()))
                .toList();
    }

    /** The whole list for a set of units and routes. */
    public static List<Topic<?>> all(Collection<Unit> units, Collection<Route> routes) {
        List<Topic<?>> topics = new ArrayList<>(fixed());
        for (Realm realm : Realm.values()) {
            for (Unit unit : units) {
                topics.addAll(readersOf(realm, unit, routes));
            }
        }
        return List.copyOf(topics);
    }

    /** Whether units of this kind are reached by township topics. */
    public static boolean hasTownshipTopics(UnitKind kind) {
        return switch (kind) {
            case TOWNSHIP, ZONE, OFFICE, AREA -> true;
            case CITY, DEPARTMENT, UNKNOWN -> false;
        };
    }

    /** All topics of unrouted events of a realm, the shared one first. */
    public static List<Topic<Unrouted>> allUnrouted(Realm realm) {
        return withProtected(feed -> unrouted(realm, feed));
    }

    /** What is declared for no feed, and then for each protected one. */
    private static <V extends SpecificRecord> List<Topic<V>> withProtected(
            Function<@Nullable Feed<?>, Topic<V>> declared) {
        List<Topic<V>> topics = new ArrayList<>();
        topics.add(declared.apply(null));
        Feeds.all().stream().filter(Feed::isProtected).forEach(feed -> topics.add(declared.apply(feed)));
        return List.copyOf(topics);
    }

    private static Topic<DeadLetter> deadLetters(String name) {
        return Topic.keyed(
                name,
                DeadLetter.class,
                Duration.ofDays(30),
                "Messages that could not be processed, with reason and original bytes");
    }
}
