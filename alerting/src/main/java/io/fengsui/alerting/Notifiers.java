package io.fengsui.alerting;

import io.fengsui.alert.Alert;
import io.fengsui.alerting.board.AlertBoard;
import io.fengsui.alerting.board.ReferenceNames;
import io.fengsui.alerting.duty.DutyPlan;
import io.fengsui.alerting.notify.AlertSource;
import io.fengsui.alerting.notify.Corrections;
import io.fengsui.alerting.notify.News;
import io.fengsui.alerting.notify.NotifyLoop;
import io.fengsui.alerting.notify.alertmanager.AlertmanagerNotifier;
import io.fengsui.alerting.notify.alertmanager.PostableAlerts;
import io.fengsui.alerting.notify.cap.CapLog;
import io.fengsui.alerting.notify.cap.CapMessages;
import io.fengsui.alerting.notify.cap.CapMessages.NationalProfile;
import io.fengsui.alerting.notify.cap.CapNotifier;
import io.fengsui.alerting.notify.national.NationalXml;
import io.fengsui.alerting.notify.webhook.WebhookNotifier;
import io.fengsui.schema.topic.Realm;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** The list of receivers outside of Kafka; each has a loop of its own. */
final class Notifiers {
    private final AlertingConfig config;
    private final AlertBoard board;
    private final Function<Alert, URI> page;
    private final Corrections corrections;
    private final BooleanSupplier onDuty;
    private final MeterRegistry meters;
    private final InstantSource clock;
    private final List<NotifyLoop> loops = new ArrayList<>();

    private Notifiers(
            AlertingConfig config,
            AlertBoard board,
            Function<Alert, URI> page,
            BooleanSupplier onDuty,
            MeterRegistry meters,
            InstantSource clock) {
        this.config = config;
        this.board = board;
        this.page = page;
        this.corrections = new Corrections(figure -> board.duty().revisions().figures().stream()
                .filter(known -> known.id().equals(figure))
                .map(DutyPlan.FigureName::name)
                .findFirst());
        this.onDuty = onDuty;
        this.meters = meters;
        this.clock = clock;
    }

    static List<NotifyLoop> of(
            AlertingConfig config,
            AlertBoard board,
            ReferenceNames names,
            Map<Realm, ? extends CapLog> cap,
            Function<Alert, URI> page,
            BooleanSupplier onDuty,
            MeterRegistry meters,
            InstantSource clock) {
        Notifiers notifiers = new Notifiers(config, board, page, onDuty, meters, clock);
        notifiers.alertmanagers(Realm.LIVE, config.alertmanager().urls());
        notifiers.alertmanagers(Realm.DRILL, config.alertmanager().exerciseUrls());
        notifiers.webhooks();
        for (Realm realm : Realm.values()) {
            notifiers.cap(realm, Objects.requireNonNull(cap.get(realm)), names);
        }
        return List.copyOf(notifiers.loops);
    }

    /** Those of exercises are named apart: nobody is told of one because he is told of what is real. */
    private void alertmanagers(Realm realm, List<URI> urls) {
        AlertingConfig.Alertmanager alertmanager = config.alertmanager();
        for (int peer = 0; peer < urls.size(); peer++) {
            loops.add(NotifyLoop.repeating(
                    new AlertmanagerNotifier(
                            realm == Realm.LIVE ? "alertmanager" : "alertmanager-exercise",
                            urls.get(peer),
                            peer,
                            alertmanager.timeout(),
                            new PostableAlerts(page, corrections, alertmanager.resolvedResend(), clock)),
                    new Side(board, realm),
                    alertmanager.resend(),
                    alertmanager.resolvedResend(),
                    board.deliveries(),
                    meters,
                    clock));
        }
    }

    private void webhooks() {
        DeliveryConfig.Webhooks webhooks = config.delivery().webhooks();
        for (int i = 0; i < webhooks.urls().size(); i++) {
            loops.add(NotifyLoop.ofNews(
                    new WebhookNotifier(
                            webhooks.urls().get(i),
                            i,
                            webhooks.timeout(),
                            webhooks.signatures().get(i),
                            page,
                            clock),
                    new Side(board, Realm.LIVE),
                    News.anything(),
                    board.deliveries(),
                    onDuty,
                    meters,
                    clock));
        }
    }

    /** Exercises have a feed of their own. */
    private void cap(Realm realm, CapLog log, ReferenceNames names) {
        Optional<NationalProfile> national = config.delivery()
                .national()
                .map(code -> new NationalXml(
                        code.senderCode(),
                        config.delivery().cap().senderName().getZh(),
                        config.delivery().cap().scope(),
                        code.eventTypes()));
        CapMessages messages =
                new CapMessages(config.delivery().cap(), national, names::unit, corrections, alert -> config.http()
                        .publicUrl()
                        .map(reachable -> page.apply(alert)));
        loops.add(NotifyLoop.ofNews(
                new CapNotifier(realm == Realm.LIVE ? "cap" : "cap-exercise", messages, log),
                new Side(board, realm),
                CapNotifier.news(),
                board.deliveries(),
                onDuty,
                meters,
                clock));
    }

    /** One side of the board, and no more: an exercise must not reach a live receiver. */
    private record Side(AlertBoard board, Realm realm) implements AlertSource {
        @Override
        public Collection<Alert> all() {
            return board.alerts(realm);
        }

        @Override
        public boolean isInhibited(Alert alert, Instant now) {
            return board.inhibitedBy(alert, now).isPresent();
        }

        @Override
        public AutoCloseable onChange(Runnable changed) {
            return board.listen((where, alert) -> {
                if (where == realm) {
                    changed.run();
                }
            });
        }
    }
}
