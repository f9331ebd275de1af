package io.fengsui.alerting.console.page;

import io.fengsui.alert.AlertText;
import io.fengsui.alerting.audit.AuditTrail.Found;
import io.fengsui.alerting.lifecycle.Refusal;
import io.fengsui.ops.AuditEntry;
import io.fengsui.schema.topic.Realm;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who did what.
 *
 * @param filter what was asked for
 * @param problem why there is nothing, or other than what was asked for
 */
public record AuditPage(Frame frame, Filter filter, List<Row> rows, boolean more, int most, Optional<String> problem) {

    /** As it stands in the form; the times are local ones of Asia/Shanghai, to the minute. */
    public record Filter(String alert, String user, String from, String to) {}

    /**
     * One entry.
     *
     * @param login name at log-in; empty if nobody is known
     * @param style CSS class of the outcome
     * @param url of the alert; empty if it is about none
     */
    public record Row(
            String at,
            String who,
            String login,
            String role,
            String where,
            String what,
            String alert,
            String url,
            boolean drill,
            String revision,
            String outcome,
            String style,
            String reason) {}

    public static AuditPage of(Frame frame, Filter filter, Found found, int most, Optional<String> problem) {
        return new AuditPage(
                frame,
                filter,
                found.entries().stream().map(entry -> row(entry, frame.times())).toList(),
                found.more(),
                most,
                problem);
    }

    private static Row row(AuditEntry entry, Times times) {
        Words words = times.words();
        String user = text(entry.getUser());
        String name = text(entry.getDisplayName());
        Optional<Realm> realm = Paths.realm(text(entry.getRealm()));
        String alert = text(entry.getAlertId());
        String about = alert.isEmpty() ? text(entry.getAbout()) : alert;
        return new Row(
                times.full(entry.getAt()),
                name.isEmpty() ? (user.isEmpty() ? words.of(AccessWord.AUDIT_NOBODY) : user) : name,
                user,
                role(entry, words),
                text(entry.getAddress()),
                named("ACT_", entry.getAct(), words),
                about,
                alert.isEmpty() ? "" : Paths.alert(realm.orElse(Realm.LIVE), alert),
                realm.filter(Realm.DRILL::equals).isPresent(),
                entry.getRevision() == null ? "" : words.of(AccessWord.AUDIT_REVISION, entry.getRevision()),
                words.of(AccessWord.valueOf("OUTCOME_" + entry.getOutcome().name())),
                "outcome-" + entry.getOutcome().name().toLowerCase(Locale.ROOT),
                reason(text(entry.getReason()), words));
    }

    /** Why in words; the code itself for one that this version does not know. */
    private static String reason(String code, Words words) {
        return Arrays.stream(Refusal.values())
                .filter(refusal -> refusal.name().equals(code))
                .findFirst()
                .map(refusal -> words.of(new AlertText(refusal.zh(), refusal.en())))
                .orElseGet(() -> named("REASON_", code, words));
    }

    private static String role(AuditEntry entry, Words words) {
        String role = text(entry.getRole());
        String unit = text(entry.getUnit());
        return (role.isEmpty() ? "" : named("ROLE_", role, words)) + (unit.isEmpty() ? "" : " · " + unit);
    }

    /** The word of a code; the code itself for one that this version does not know. */
    private static String named(String kind, String code, Words words) {
        String name = kind + code.toUpperCase(Locale.ROOT).replace('-', '_');
        return Stream.<Enum<? extends Phrase>>concat(
                        Arrays.stream(AccessWord.values()), Arrays.stream(ExerciseWord.values()))
                .filter(word -> word.name().equals(name))
                .findFirst()
                .map(word -> words.of((Phrase) word))
                .orElse(code);
    }

    private static String text(@Nullable String text) {
        return Objects.requireNonNullElse(text, "");
    }

    public Words words() {
        return frame.words();
    }
}
