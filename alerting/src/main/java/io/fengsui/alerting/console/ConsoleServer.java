package io.fengsui.alerting.console;

import io.fengsui.alerting.audit.AuditLog;
import io.fengsui.alerting.audit.AuditTrail;
import io.fengsui.alerting.board.AlertBoard;
import io.fengsui.alerting.board.AlertCommands;
import io.fengsui.alerting.board.LedgerView;
import io.fengsui.alerting.board.ReadersView;
import io.fengsui.alerting.board.ReferenceData;
import io.fengsui.alerting.board.ReferenceNames;
import io.fengsui.alerting.board.Withdrawals;
import io.fengsui.alerting.console.page.AccessWord;
import io.fengsui.alerting.console.page.AlertPages;
import io.fengsui.alerting.console.page.BoardPages;
import io.fengsui.alerting.console.page.FeedsPage;
import io.fengsui.alerting.console.page.Frame;
import io.fengsui.alerting.console.page.Frame.Section;
import io.fengsui.alerting.console.page.IncidentPages;
import io.fengsui.alerting.console.page.MapPages;
import io.fengsui.alerting.console.page.ReadersPage;
import io.fengsui.alerting.console.page.RulesPages;
import io.fengsui.alerting.console.page.Times;
import io.fengsui.alerting.console.page.WithdrawalPart;
import io.fengsui.alerting.console.page.Word;
import io.fengsui.alerting.figures.AccountSource;
import io.fengsui.alerting.figures.MonthlyAccounts;
import io.fengsui.alerting.readings.SharedReadings;
import io.fengsui.platform.Health;
import io.fengsui.platform.StartException;
import io.fengsui.reference.Unit;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.util.JavalinBindException;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The duty console's web server. Pages are drawn on the server from {@link AlertBoard} and {@link LedgerView}; a browser
 * needs no script to read and act, and uses htmx to stay up to date.
 */
public final class ConsoleServer implements AutoCloseable {
    private static final long LARGEST_REQUEST_BYTES = 64 * 1024;
    private static final int MOST_THREADS = 64;

    private final ConsoleSettings settings;
    private final RequestGuard guard;
    private final AccessGate gate;
    private final LoginResource logins;
    private final OpenIdResource openIds;
    private final AuditResource audits;
    private final ReportsResource reports;
    private final LedgerView ledger;
    private final ReadersView readers;
    private final ReferenceNames names;
    private final Renderer renderer = new Renderer();
    private final AssetFiles assets = new AssetFiles();
    private final Frames frames;
    private final BoardResource boards;
    private final AlertResource alerts;
    private final IncidentResource incidents;
    private final MapResource maps;
    private final RulesResource rules;
    private final ReadingsResource readingsAround;
    private final AlertsApi api;
    private final CommandsApi commandsApi;
    private final OperationsResource operations;
    private final ErrorPages errors;
    private final LiveEvents events;
    private final Consumer<RoutesConfig> more;
    private final Javalin javalin;
    private volatile int port;

    /**
     * Only wires; {@link #start()} binds the port.
     *
     * @param more adds what else is served
     * @param fresh whether new alerts reach the board; asked at each page, never blocks
     */
    public ConsoleServer(
            ConsoleSettings settings,
            AlertBoard board,
            AlertCommands commands,
            AuditLog auditLog,
            AuditTrail auditTrail,
            AccountSource accounts,
            LedgerView ledger,
            ReadersView readers,
            Withdrawals withdrawals,
            ReferenceData reference,
            SharedReadings deviceReadings,
            PrometheusMeterRegistry meters,
            BooleanSupplier fresh,
            Supplier<Health> health,
            Consumer<RoutesConfig> more,
            InstantSource clock) {
        this.more = more;
        this.settings = settings;
        this.guard = new RequestGuard(settings);
        Access access = settings.access();
        Audit audit = new Audit(auditLog, clock);
        LoginMeters loginMeters = new LoginMeters(meters);
        this.gate = new AccessGate(access, audit, loginMeters, clock);
        this.ledger = ledger;
        this.readers = readers;
        this.names = reference.names();
        Situations situations = new Situations(board, clock);
        this.frames = new Frames(situations, fresh, assets.addresses(), clock);
        this.events = new LiveEvents(board, clock);
        this.boards = new BoardResource(situations, new BoardPages(board, names), events, frames, renderer);
        this.alerts = new AlertResource(
                board,
                commands,
                audit,
                new AlertPages(board, names, reference.rules(), new WithdrawalPart(board, names, readers, withdrawals)),
                frames,
                situations,
                renderer,
                clock);
        this.incidents = new IncidentResource(board, new IncidentPages(board, names), frames, renderer, situations);
        this.maps = new MapResource(board, new MapPages(names, reference.sites()), events, frames, renderer, clock);
        this.rules = new RulesResource(new RulesPages(board, reference.rules()), frames, renderer);
        this.readingsAround = new ReadingsResource(board, reference.rules(), deviceReadings, frames, renderer, clock);
        this.logins = new LoginResource(access, audit, frames, assets.addresses(), renderer, loginMeters, clock);
        this.openIds = new OpenIdResource(access, logins, audit, frames, renderer, loginMeters, clock);
        this.audits = new AuditResource(auditTrail, audit, frames, renderer, clock);
        this.reports = new ReportsResource(
                new MonthlyAccounts(accounts, board, Times.ZONE, clock), names, audit, frames, renderer, clock);
        this.api = new AlertsApi(board, clock);
        this.commandsApi = new CommandsApi(board, commands, audit, clock);
        this.operations = new OperationsResource(health, meters);
        this.errors = new ErrorPages(frames, renderer);
        this.javalin = Javalin.create(this::configure);
    }

    private void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.maxRequestSize = LARGEST_REQUEST_BYTES;
        config.jetty.host = settings.host();
        config.jetty.port = settings.port();
        QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS);
        threads.setName("alerting-http");
        config.jetty.threadPool = threads;
        config.jetty.modifyHttpConfiguration(http -> http.setSendServerVersion(false));
        route(config.routes);
    }

    private void route(RoutesConfig routes) {
        routes.before(guard::check);
        routes.before(gate::check);
        routes.before(Frames::remember);
        routes.get("/login", logins::show);
        routes.post("/login", logins::logIn);
        routes.get("/openid", openIds::begin);
        routes.get("/openid/callback", openIds::end);
        routes.post("/logout", logins::logOut);
        routes.get("/", boards::live);
        routes.get("/drill", boards::drill);
        routes.get("/alerts/{realm}/<id>", alerts::show);
        routes.post("/alerts/{realm}/<id>", alerts::act);
        routes.get("/incidents/{realm}/<id>", incidents::show);
        routes.get("/readings/{realm}/<id>", readingsAround::show);
        routes.get("/map", maps::live);
        routes.get("/map/drill", maps::drill);
        routes.get("/rules", rules::show);
        routes.get(
                "/feeds",
                ctx -> renderer.page(
                        ctx,
                        "feeds.jte",
                        FeedsPage.of(frames.of(ctx, Section.FEEDS, Word.NAV_FEEDS), ledger.ledger())));
        routes.get("/readers", ctx -> renderer.page(ctx, "readers.jte", readers(ctx)));
        routes.get("/audit", audits::show);
        routes.get("/reports", reports::show);
        routes.get("/reports.csv", reports::csv);
        routes.get("/help", ctx -> renderer.page(ctx, "help.jte", frames.of(ctx, Section.HELP, Word.NAV_HELP)));
        routes.get("/api/alerts", api::list);
        routes.post("/api/alerts/{realm}/<id>/commands", commandsApi::act);
        routes.get("/assets/{name}", assets::serve);
        routes.get("/favicon.ico", ctx -> ctx.redirect(assets.addresses().icon()));
        routes.get("/health/live", operations::live);
        routes.get("/health/ready", operations::ready);
        routes.get("/metrics", operations::metrics);
        routes.sse("/events", events::connect);
        more.accept(routes);
        errors.route(routes);
    }

    private ReadersPage readers(Context ctx) {
        List<Unit> units = Stream.concat(names.townships().stream(), names.departments().stream())
                .toList();
        Frame frame = frames.of(ctx, Section.READERS, AccessWord.NAV_READERS);
        return ReadersPage.of(frame, units, readers.reading(), readers.limit());
    }

    /**
     * Binds the port and serves.
     *
     * @throws StartException if the port is taken; the message names it
     */
    public void start() {
        try (ServerSocket probe = new ServerSocket()) {
            // Asked first, since Javalin logs a failed bind with its stack trace.
            probe.bind(new InetSocketAddress(settings.host(), settings.port()));
        } catch (IOException e) {
            throw portTaken(e);
        }
        try {
            javalin.start();
        } catch (JavalinBindException e) {
            throw portTaken(e);
        }
        port = javalin.port();
        events.start();
    }

    private StartException portTaken(Exception cause) {
        return new StartException(
                "Port " + settings.port() + " of " + settings.host() + " is in use or not allowed ("
                        + cause.getMessage() + "): stop the other program, or set alerting.http.port"
                        + " (the standalone run: --port-base)",
                cause);
    }

    /** The port that is served, or was until the end: links are made until then. */
    public int port() {
        return port;
    }

    /** Stops serving and ends the live connections; may be called more than once. */
    @Override
    public void close() {
        events.close();
        javalin.stop();
    }
}
