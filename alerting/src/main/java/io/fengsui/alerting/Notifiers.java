package io.fengsui.alerting;

import io.fengsui.alert.Alert;
import io.fengsui.alerting.board.AlertBoard;
import io.fengsui.alerting.notify.LiveAlerts;
import io.fengsui.alerting.notify.NotifyLoop;
import io.fengsui.alerting.notify.alertmanager.AlertmanagerNotifier;
import io.fengsui.alerting.notify.alertmanager.PostableAlerts;
import io.fengsui.schema.topic.Realm;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/** The list of receivers outside of Kafka; each has a loop of its own. */
final class Notifiers {

    private Notifiers() {}

    static List<NotifyLoop> of(
            AlertingConfig.Alertmanager alertmanager,
            AlertBoard board,
            Function<Alert, URI> page,
            MeterRegistry meters,
            InstantSource clock) {
        LiveAlerts alerts = new LiveBoard(board);
        List<NotifyLoop> loops = new ArrayList<>();
        for (URI url : alertmanager.urls()) {
            loops.add(new NotifyLoop(
                    new AlertmanagerNotifier(url, loops.size(), alertmanager.timeout(), new PostableAlerts(page)),
                    alerts,
                    alertmanager.resend(),
                    alertmanager.resolvedResend(),
                    meters,
                    clock));
        }
        return List.copyOf(loops);
    }

    /** The live side of the board, and no more: an exercise must not reach a receiver. */
    private record LiveBoard(AlertBoard board) implements LiveAlerts {
        @Override
        public Collection<Alert> all() {
            return board.alerts(Realm.LIVE);
        }

        @Override
        public boolean isInhibited(Alert alert, Instant now) {
            return board.inhibitedBy(alert, now).isPresent();
        }

        @Override
        public AutoCloseable onChange(Runnable changed) {
            return board.listen((realm, alert) -> {
                if (realm == Realm.LIVE) {
                    changed.run();
                }
            });
        }
    }
}
