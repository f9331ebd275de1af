package io.fengsui.alerting.audit;

import io.fengsui.ops.AuditEntry;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where one looks up what people did or tried. */
public interface AuditTrail {

    /**
     * What to look for.
     *
     * @param alert part of an alert's id; empty: any
     * @param user part of a name, at log-in or displayed; empty: anybody
     * @param from the earliest
     * @param to before this
     */
    record Query(String alert, String user, Instant from, Instant to) {

        public boolean matches(AuditEntry entry) {
            return !entry.getAt().isBefore(from)
                    && entry.getAt().isBefore(to)
                    && (alert.isEmpty() || holds(entry.getAlertId(), alert))
                    && (user.isEmpty() || holds(entry.getUser(), user) || holds(entry.getDisplayName(), user));
        }

        private static boolean holds(@Nullable String text, String part) {
            return text != null && text.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
        }
    }

    /**
     * What was found.
     *
     * @param entries the newest first
     * @param more whether there are older ones beyond the number asked for
     */
    record Found(List<AuditEntry> entries, boolean more) {}

    /**
     * Looks through the trail.
     *
     * @param most how many entries to return
     * @throws io.fengsui.alerting.scan.TopicUnreadableException if Kafka does not answer in time
     */
    Found search(Query query, int most);
}
