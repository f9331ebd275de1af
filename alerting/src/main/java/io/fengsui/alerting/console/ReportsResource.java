package io.fengsui.alerting.console;

import io.fengsui.alert.AlertAccount;
import io.fengsui.alerting.access.Act;
import io.fengsui.alerting.access.Permissions.Reach;
import io.fengsui.alerting.board.ReferenceNames;
import io.fengsui.alerting.console.page.AccessWord;
import io.fengsui.alerting.console.page.Frame;
import io.fengsui.alerting.console.page.Frame.Section;
import io.fengsui.alerting.console.page.ReportRows;
import io.fengsui.alerting.console.page.ReportWord;
import io.fengsui.alerting.console.page.ReportsPage;
import io.fengsui.alerting.console.page.ReportsPage.Row;
import io.fengsui.alerting.console.page.Times;
import io.fengsui.alerting.figures.MonthFigures;
import io.fengsui.alerting.figures.MonthlyAccounts;
import io.fengsui.alerting.scan.TopicUnreadableException;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/** Monthly figures, for those who may see them: as a page, which can be printed, and as a table. */
final class ReportsResource {
    /** As long as accounts are kept. */
    private static final int MONTHS = 36;

    private final MonthlyAccounts accounts;
    private final ReferenceNames names;
    private final Audit audit;
    private final Frames frames;
    private final Renderer renderer;
    private final InstantSource clock;

    ReportsResource(
            MonthlyAccounts accounts,
            ReferenceNames names,
            Audit audit,
            Frames frames,
            Renderer renderer,
            InstantSource clock) {
        this.accounts = accounts;
        this.names = names;
        this.audit = audit;
        this.frames = frames;
        this.renderer = renderer;
        this.clock = clock;
    }

    void show(Context ctx) {
        ReportsPage page = page(ctx);
        renderer.page(ctx, "reports.jte", page);
    }

    void csv(Context ctx) {
        ReportsPage page = page(ctx);
        if (page.problem().isPresent()) {
            boolean unreadable = page.rows().isEmpty();
            ctx.status(unreadable ? HttpStatus.SERVICE_UNAVAILABLE : HttpStatus.BAD_REQUEST);
            ctx.contentType("text/plain; charset=utf-8").result(page.problem().get());
            return;
        }
        ctx.header("Content-Disposition", "attachment; filename=\"fengsui-" + page.month() + ".csv\"")
                .header("Cache-Control", "no-store")
                .contentType("text/csv; charset=utf-8")
                .result(FiguresCsv.of(page));
    }

    private ReportsPage page(Context ctx) {
        if (AccessGate.visitor(ctx).reach(Act.READ_FIGURES) == Reach.NONE) {
            audit.refused(AccessGate.visitor(ctx), Act.READ_FIGURES, "NOT_PERMITTED");
            throw AccessGate.forbidden(ctx, AccessWord.REFUSED_ROLE);
        }
        Frame frame = frames.of(ctx, Section.REPORTS, ReportWord.NAV_REPORTS);
        Instant now = clock.instant();
        YearMonth present = YearMonth.from(now.atZone(Times.ZONE));
        List<YearMonth> months =
                IntStream.range(0, MONTHS).mapToObj(present::minusMonths).toList();
        Optional<YearMonth> asked = asked(ctx, present).filter(months::contains);
        YearMonth month = asked.orElse(present);
        Optional<String> problem =
                asked.isPresent() ? Optional.empty() : Optional.of(frame.words().of(ReportWord.BAD_MONTH));
        List<Row> rows = List.of();
        try {
            Collection<AlertAccount> all = accounts.of(month);
            rows = ReportRows.of(MonthFigures.of(all, now), names, AccessGate.visitor(ctx), frame.words());
        } catch (TopicUnreadableException e) {
            String why = Objects.requireNonNullElse(e.getMessage(), "");
            problem = Optional.of(frame.words().of(ReportWord.UNREADABLE, why));
        }
        List<String> feeds = rows.stream()
                .flatMap(row -> row.figures().feeds().keySet().stream())
                .distinct()
                .sorted()
                .toList();
        return new ReportsPage(frame, city(frame), month, months, month.isBefore(present), rows, feeds, problem);
    }

    private String city(Frame frame) {
        return names.city()
                .map(city -> frame.words().of(names.name(city.getUnitId())))
                .orElseGet(() -> frame.words().of(ReportWord.THE_CITY));
    }

    /** This month, if none is asked for; nothing for what is no month. */
    private static Optional<YearMonth> asked(Context ctx, YearMonth present) {
        String text = Objects.requireNonNullElse(ctx.queryParam("month"), "").strip();
        try {
            return Optional.of(text.isEmpty() ? present : YearMonth.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
