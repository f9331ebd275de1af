package io.fengsui.alerting.notify.cap;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertState;
import io.fengsui.alert.CapMessage;
import io.fengsui.alert.CapMessageType;
import io.fengsui.alerting.lifecycle.Escalation;
import io.fengsui.alerting.lifecycle.Transition;
import io.fengsui.alerting.notify.Corrections;
import io.fengsui.reference.Unit;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Makes the message that an alert's state asks for, given those that were published. A pure function. */
public final class CapMessages {
    private final CapXml xml;
    private final Optional<NationalProfile> national;
    private final Function<String, Optional<Unit>> units;
    private final Corrections corrections;
    private final Function<Alert, Optional<URI>> page;

    /** The same message in another form. */
    public interface NationalProfile {

        /** Empty if it has no place for such an alert. */
        Optional<Written> of(CapContent content, CapIndex published);

        /** A message under its name. */
        record Written(String identifier, ByteBuffer xml) {}
    }

    /**
     * @param units the reference data
     * @param corrections in words
     * @param page where people read more of an alert; empty if others cannot reach it
     */
    public CapMessages(
            CapSettings settings,
            Optional<NationalProfile> national,
            Function<String, Optional<Unit>> units,
            Corrections corrections,
            Function<Alert, Optional<URI>> page) {
        this.xml = new CapXml(settings);
        this.national = national;
        this.units = units;
        this.corrections = corrections;
        this.page = page;
    }

    /**
     * Empty if there is nothing to say: an occurrence that was over before anybody heard of it.
     *
     * @throws CapUnreadableException if those that were published cannot be read now
     */
    public Optional<CapMessage> next(Alert alert, CapIndex published) {
        List<CapEntry> former = published.of(alert.getAlertId(), alert.getOccurrences());
        boolean open = Transition.isOpen(alert.getState());
        if (!open && former.isEmpty()) {
            return Optional.empty();
        }
        CapContent content = new CapContent(
                alert,
                identifier(alert),
                alert.getChangedAt().truncatedTo(ChronoUnit.SECONDS),
                type(alert, former),
                former,
                CapArea.of(alert, units),
                corrections);
        Optional<NationalProfile.Written> other = national.flatMap(profile -> profile.of(content, published));
        return Optional.of(CapMessage.newBuilder()
                .setIdentifier(content.identifier())
                .setAlertId(alert.getAlertId())
                .setOccurrence(alert.getOccurrences())
                .setRevision(alert.getRevision())
                .setSent(content.sent())
                .setMessageType(content.type())
                .setStatus(alert.getStatus())
                .setSeverity(alert.getSeverity())
                .setHeadline(content.headline())
                .setUnitIds(readers(alert, former))
                .setCap(ByteBuffer.wrap(xml.of(content, page.apply(alert))))
                .setNationalIdentifier(
                        other.map(NationalProfile.Written::identifier).orElse(null))
                .setNational(other.map(NationalProfile.Written::xml).orElse(null))
                .build());
    }

    private static CapMessageType type(Alert alert, List<CapEntry> former) {
        if (former.isEmpty()) {
            return CapMessageType.ALERT;
        }
        return alert.getState() == AlertState.CANCELLED ? CapMessageType.CANCEL : CapMessageType.UPDATE;
    }

    /** Whoever hears of the alert, also because it rose to him, and whoever could read a former message. */
    private static List<String> readers(Alert alert, List<CapEntry> former) {
        return Stream.concat(
                        Stream.concat(
                                alert.getSubject().getUnitIds().stream(), Escalation.departmentsOf(alert).stream()),
                        former.stream().flatMap(entry -> entry.units().stream().sorted()))
                .distinct()
                .toList();
    }

    /**
     * The same for the same revision, whoever makes it. An alert's id may hold anything, so its hash stands for it: 64 bits, of
     * which two are the same in one of 10^8 cities with a million alerts.
     */
    static String identifier(Alert alert) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(alert.getAlertId().getBytes(StandardCharsets.UTF_8));
            String realm =
                    switch (alert.getStatus()) {
                        case ACTUAL -> "fengsui";
                        case EXERCISE, TEST, UNKNOWN -> "drill";
                    };
            return realm + "-" + HexFormat.of().formatHex(hash, 0, 8) + "-" + alert.getRevision();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
