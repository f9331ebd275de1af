package io.fengsui.alerting.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fengsui.platform.Health;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.function.Supplier;

/** Health for those who start and stop the process, meters for Prometheus. */
final class OperationsResource {
    private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private final Supplier<Health> health;
    private final PrometheusMeterRegistry meters;
    private final ObjectMapper json = new ObjectMapper();

    OperationsResource(Supplier<Health> health, PrometheusMeterRegistry meters) {
        this.health = health;
        this.meters = meters;
    }

    void live(Context ctx) {
        Health now = health.get();
        answer(ctx, now, now.live());
    }

    void ready(Context ctx) {
        Health now = health.get();
        answer(ctx, now, now.live() && now.ready());
    }

    private void answer(Context ctx, Health now, boolean well) {
        ctx.status(well ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE);
        try {
            ctx.contentType("application/json").result(json.writeValueAsBytes(now));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record of strings is always JSON", e);
        }
    }

    void metrics(Context ctx) {
        ctx.contentType(PROMETHEUS_TEXT).result(meters.scrape(PROMETHEUS_TEXT));
    }
}
