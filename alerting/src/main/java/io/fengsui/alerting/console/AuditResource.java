package io.fengsui.alerting.console;

import io.fengsui.alerting.access.Act;
import io.fengsui.alerting.audit.AuditTrail;
import io.fengsui.alerting.audit.AuditTrail.Found;
import io.fengsui.alerting.audit.AuditTrail.Query;
import io.fengsui.alerting.console.page.AccessWord;
import io.fengsui.alerting.console.page.AuditPage;
import io.fengsui.alerting.console.page.AuditPage.Filter;
import io.fengsui.alerting.console.page.Frame;
import io.fengsui.alerting.console.page.Frame.Section;
import io.fengsui.alerting.console.page.Times;
import io.fengsui.alerting.scan.TopicUnreadableException;
import io.javalin.http.Context;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Who did what: for those who may see it. */
final class AuditResource {
    private static final int MOST = 200;
    private static final Duration DAY = Duration.ofDays(1);
    /** As a browser's field for date and time sends it. */
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm");

    private final AuditTrail trail;
    private final Audit audit;
    private final Frames frames;
    private final Renderer renderer;
    private final InstantSource clock;

    AuditResource(AuditTrail trail, Audit audit, Frames frames, Renderer renderer, InstantSource clock) {
        this.trail = trail;
        this.audit = audit;
        this.frames = frames;
        this.renderer = renderer;
        this.clock = clock;
    }

    void show(Context ctx) {
        if (!AccessGate.visitor(ctx).may(Act.READ_AUDIT)) {
            audit.refused(AccessGate.visitor(ctx), Act.READ_AUDIT, "NOT_PERMITTED");
            throw AccessGate.forbidden(ctx, AccessWord.REFUSED_ROLE);
        }
        Frame frame = frames.of(ctx, Section.AUDIT, AccessWord.NAV_AUDIT);
        Instant end = clock.instant().truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
        Optional<String> problem = Optional.empty();
        Instant from = end.minus(DAY);
        Instant to = end;
        try {
            from = time(ctx, "from", from);
            to = time(ctx, "to", to);
        } catch (DateTimeParseException e) {
            problem = Optional.of(frame.words().of(AccessWord.AUDIT_BAD_TIME));
        }
        Query query = new Query(parameter(ctx, "alert"), parameter(ctx, "user"), from, to);
        Found found = new Found(List.of(), false);
        try {
            found = trail.search(query, MOST);
        } catch (TopicUnreadableException e) {
            problem = Optional.of(
                    frame.words().of(AccessWord.AUDIT_UNREADABLE, Objects.requireNonNullElse(e.getMessage(), "")));
        }
        Filter filter = new Filter(query.alert(), query.user(), field(from), field(to));
        renderer.page(ctx, "audit.jte", AuditPage.of(frame, filter, found, MOST, problem));
    }

    private static Instant time(Context ctx, String name, Instant preset) {
        String text = parameter(ctx, name);
        return text.isEmpty()
                ? preset
                : LocalDateTime.parse(text).atZone(Times.ZONE).toInstant();
    }

    private static String field(Instant time) {
        return MINUTE.format(time.atZone(Times.ZONE));
    }

    private static String parameter(Context ctx, String name) {
        return Objects.requireNonNullElse(ctx.queryParam(name), "").strip();
    }
}
