package io.fengsui.standalone.process;

import io.fengsui.platform.App;
import io.fengsui.platform.Health;
import io.fengsui.platform.StartException;
import io.javalin.Javalin;
import io.javalin.http.Context;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetSocketAddress;
import java.util.Map;

/** Metrics and health over HTTP, for a process that has no other HTTP server. */
public final class OpsServer implements AutoCloseable {
    private final Javalin server;
    private final InetSocketAddress where;

    /** @param where to listen; port 0 for any free one */
    public OpsServer(App app, PrometheusMeterRegistry metrics, InetSocketAddress where) {
        this.where = where;
        this.server = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.routes.get("/metrics", context -> context.contentType("text/plain; version=0.0.4; charset=utf-8")
                    .result(metrics.scrape()));
            config.routes.get(
                    "/health/live",
                    context -> answer(context, app.check(), app.check().live()));
            config.routes.get(
                    "/health/ready",
                    context -> answer(context, app.check(), app.check().ready()));
        });
        try {
            server.start(where.getHostString(), where.getPort());
        } catch (RuntimeException e) {
            throw new StartException(
                    where.getHostString() + ":" + where.getPort() + " for metrics and health cannot be used: "
                            + e.getMessage() + "; --ops-host and --ops-port name another",
                    e);
        }
    }

    public String url() {
        return "http://" + where.getHostString() + ":" + server.port();
    }

    @Override
    public void close() {
        server.stop();
    }

    private static void answer(Context context, Health health, boolean ok) {
        context.status(ok ? 200 : 503).json(Map.of("ok", ok, "details", health.details()));
    }
}
