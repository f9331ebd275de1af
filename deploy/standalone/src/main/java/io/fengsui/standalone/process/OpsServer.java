package io.fengsui.standalone.process;

import io.fengsui.platform.App;
import io.fengsui.platform.Health;
import io.fengsui.platform.StartException;
import io.javalin.Javalin;
import io.javalin.http.Context;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Map;

/** Metrics and health over HTTP, for a process that has no other HTTP server. */
public final class OpsServer implements AutoCloseable {
    private final Javalin server;

    /** @param port where to listen on the loopback address */
    public OpsServer(App app, PrometheusMeterRegistry metrics, int port) {
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
            server.start(Ports.HOST, port);
        } catch (RuntimeException e) {
            throw new StartException("Port " + port + " for metrics and health cannot be used: " + e.getMessage(), e);
        }
    }

    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.stop();
    }

    private static void answer(Context context, Health health, boolean ok) {
        context.status(ok ? 200 : 503).json(Map.of("ok", ok, "details", health.details()));
    }
}
