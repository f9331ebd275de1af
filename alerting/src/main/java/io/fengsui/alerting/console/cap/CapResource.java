package io.fengsui.alerting.console.cap;

import io.fengsui.alert.CapMessage;
import io.fengsui.alerting.console.cap.CapReaders.Reader;
import io.fengsui.alerting.meter.AlertingMeters;
import io.fengsui.alerting.notify.cap.CapEntry;
import io.fengsui.alerting.notify.cap.CapLog;
import io.fengsui.schema.topic.Realm;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /cap} and what is below it: a feed of all live messages, {@code /cap/unit/<unit>} of one unit's, {@code
 * /cap/message/<identifier>} and {@code /cap/national/<identifier>}; the same of exercises and tests below {@code /cap/exercise}.
 * Who asks for more than it may read is refused, and is not told whether it exists.
 */
public final class CapResource {
    private static final Logger logger = LoggerFactory.getLogger(CapResource.class);
    private static final int LIMIT = 100;
    private static final int LARGEST_LIMIT = 500;
    private static final DateTimeFormatter HTTP = DateTimeFormatter.RFC_1123_DATE_TIME;

    private final Map<Realm, CapLog> logs;
    private final CapReaders readers;
    private final Optional<URI> publicUrl;
    private final String author;
    private final MeterRegistry meters;
    private final InstantSource clock;

    /** @param author name of the sender, for people */
    public CapResource(
            Map<Realm, ? extends CapLog> logs,
            CapReaders readers,
            Optional<URI> publicUrl,
            String author,
            MeterRegistry meters,
            InstantSource clock) {
        this.logs = Map.copyOf(logs);
        this.readers = readers;
        this.publicUrl = publicUrl;
        this.author = author;
        this.meters = meters;
        this.clock = clock;
        for (Asked asked : Asked.values()) {
            AlertingMeters.CAP_REQUESTS.counter(meters, asked.name());
        }
    }

    /** What became of a request, a tag of meters. */
    private enum Asked {
        SERVED,
        UNCHANGED,
        REFUSED,
        NOT_FOUND,
        NOT_READY,
        INVALID
    }

    public void route(RoutesConfig routes) {
        routes.get("/cap", ctx -> feed(ctx, Realm.LIVE, null));
        routes.get("/cap/unit/{unit}", ctx -> feed(ctx, Realm.LIVE, ctx.pathParam("unit")));
        routes.get("/cap/message/{id}", ctx -> message(ctx, Realm.LIVE));
        routes.get("/cap/national/{id}", ctx -> national(ctx, Realm.LIVE));
        routes.get("/cap/exercise", ctx -> feed(ctx, Realm.DRILL, null));
        routes.get("/cap/exercise/unit/{unit}", ctx -> feed(ctx, Realm.DRILL, ctx.pathParam("unit")));
        routes.get("/cap/exercise/message/{id}", ctx -> message(ctx, Realm.DRILL));
        routes.get("/cap/exercise/national/{id}", ctx -> national(ctx, Realm.DRILL));
    }

    private void feed(Context ctx, Realm realm, @Nullable String unit) {
        Optional<Reader> reader = reader(ctx);
        if (reader.isEmpty()) {
            return;
        }
        if (unit == null ? !reader.get().all() : !reader.get().mayRead(unit)) {
            logger.warn(
                    "CAP reader {} asks for {}, which it may not read",
                    reader.get().name(),
                    unit == null ? "the whole city" : "a unit that is not its own");
            answer(
                    ctx,
                    Asked.REFUSED,
                    HttpStatus.FORBIDDEN,
                    "Your token is not for this feed; ask the city's duty room");
            return;
        }
        Integer limit = limit(ctx);
        if (limit == null) {
            answer(ctx, Asked.INVALID, HttpStatus.BAD_REQUEST, "limit: expected a number from 1 to " + LARGEST_LIMIT);
            return;
        }
        CapLog log = log(realm);
        if (!log.isRead()) {
            ctx.header("Retry-After", "5");
            answer(ctx, Asked.NOT_READY, HttpStatus.SERVICE_UNAVAILABLE, "The messages are still being read");
            return;
        }
        String before = ctx.queryParam("before");
        if (before != null && log.index().get(before).isEmpty()) {
            answer(ctx, Asked.NOT_FOUND, HttpStatus.NOT_FOUND, "before: no such message; it may be older than is kept");
            return;
        }
        Predicate<CapEntry> wanted =
                unit == null ? entry -> true : entry -> entry.units().contains(unit);
        List<CapEntry> page = log.index().page(wanted, before, limit + 1);
        AtomFeed atom = atom(ctx, realm, unit, page, limit, before);
        ctx.header("Cache-Control", "private, no-cache");
        serve(ctx, atom.bytes(), AtomFeed.TYPE, atom.updated());
    }

    private AtomFeed atom(
            Context ctx, Realm realm, @Nullable String unit, List<CapEntry> page, int limit, @Nullable String before) {
        boolean more = page.size() > limit;
        List<CapEntry> shown = more ? page.subList(0, limit) : page;
        String size = limit == LIMIT ? "" : "limit=" + limit;
        String at = before == null ? "" : "before=" + before;
        String query = String.join(
                "&", List.of(size, at).stream().filter(part -> !part.isEmpty()).toList());
        return new AtomFeed(
                base(ctx) + (realm == Realm.LIVE ? "/cap" : "/cap/exercise"),
                unit == null ? "" : "/unit/" + unit,
                (realm == Realm.LIVE ? "" : "演练 EXERCISE · ") + author + (unit == null ? "" : " · " + unit),
                author,
                shown,
                query.isEmpty() ? "" : "?" + query,
                more
                        ? Optional.of("?" + (size.isEmpty() ? "" : size + "&") + "before="
                                + shown.get(shown.size() - 1).identifier())
                        : Optional.empty());
    }

    private void message(Context ctx, Realm realm) {
        one(
                ctx,
                realm,
                () -> log(realm).index().get(ctx.pathParam("id")),
                "application/cap+xml; charset=utf-8",
                CapMessage::getCap);
    }

    private void national(Context ctx, Realm realm) {
        one(
                ctx,
                realm,
                () -> log(realm).index().byNational(ctx.pathParam("id")),
                "application/xml; charset=utf-8",
                CapMessage::getNational);
    }

    @FunctionalInterface
    private interface Form {
        @Nullable
        ByteBuffer of(CapMessage message);
    }

    /** @param search may read Kafka: not for who does not say who he is */
    private void one(Context ctx, Realm realm, Supplier<Optional<CapEntry>> search, String type, Form form) {
        Optional<Reader> reader = reader(ctx);
        if (reader.isEmpty()) {
            return;
        }
        Optional<CapEntry> known = search.get();
        Optional<CapEntry> entry = known.filter(found -> mayRead(reader.get(), log(realm), found));
        if (known.isPresent() && entry.isEmpty()) {
            logger.warn(
                    "CAP reader {} asks for {}, which it may not read",
                    reader.get().name(),
                    known.get().identifier());
        }
        ByteBuffer bytes = entry.flatMap(found -> log(realm).read(found.identifier()))
                .map(form::of)
                .orElse(null);
        if (entry.isEmpty() || bytes == null) {
            Asked asked = known.isPresent() && entry.isEmpty() ? Asked.REFUSED : Asked.NOT_FOUND;
            answer(ctx, asked, HttpStatus.NOT_FOUND, "No such message, or your token is not for it");
            return;
        }
        byte[] xml = new byte[bytes.remaining()];
        bytes.duplicate().get(xml);
        ctx.header("Cache-Control", "private, max-age=31536000, immutable");
        serve(ctx, xml, type, entry.get().published());
    }

    /** Whoever may read one message of an occurrence may read those that it refers to, also if the alert rose to him later. */
    private static boolean mayRead(Reader reader, CapLog log, CapEntry found) {
        return reader.all()
                || mayRead(reader, found)
                || log.index().of(found.alertId(), found.occurrence()).stream()
                        .anyMatch(entry -> mayRead(reader, entry));
    }

    private static boolean mayRead(Reader reader, CapEntry entry) {
        return entry.units().stream().anyMatch(reader::mayRead);
    }

    /** The bytes, or that they are what the reader has. */
    private void serve(Context ctx, byte[] bytes, String type, Instant published) {
        String tag = "\"" + digest(bytes) + "\"";
        Instant modified = published.truncatedTo(ChronoUnit.SECONDS);
        ctx.header("ETag", tag)
                .header("Last-Modified", HTTP.format(ZonedDateTime.ofInstant(modified, ZoneOffset.UTC)))
                .header("Vary", "Authorization");
        if (isUnchanged(ctx, tag, modified)) {
            count(Asked.UNCHANGED);
            ctx.status(HttpStatus.NOT_MODIFIED);
            return;
        }
        count(Asked.SERVED);
        ctx.contentType(type).result(bytes);
    }

    /** RFC 9110 clause 13.2.2: the tag counts before the time. A second that is not over may still bring more. */
    private boolean isUnchanged(Context ctx, String tag, Instant modified) {
        String known = ctx.header("If-None-Match");
        if (known != null) {
            return known.strip().equals("*")
                    || List.of(known.replace("W/", "").split("\\s*,\\s*")).contains(tag);
        }
        String since = ctx.header("If-Modified-Since");
        if (since == null) {
            return false;
        }
        try {
            Instant seen = Instant.from(HTTP.parse(since));
            return !modified.isAfter(seen) && modified.plusSeconds(1).isBefore(clock.instant());
        } catch (DateTimeException e) {
            return false;
        }
    }

    /** Empty once it is answered that nobody is known by what was sent. */
    private Optional<Reader> reader(Context ctx) {
        if (readers.isClosed()) {
            answer(
                    ctx,
                    Asked.REFUSED,
                    HttpStatus.FORBIDDEN,
                    "CAP is closed: others reach this server, and alerting.cap.readers.file is not set");
            return Optional.empty();
        }
        Optional<Reader> reader = readers.byToken(token(ctx.header("Authorization")));
        if (reader.isEmpty()) {
            ctx.header("WWW-Authenticate", "Bearer realm=\"cap\", Basic realm=\"cap\"");
            answer(ctx, Asked.REFUSED, HttpStatus.UNAUTHORIZED, "Send your token: Authorization: Bearer <token>");
        }
        return reader;
    }

    /** Feed readers that know no Bearer send it as the password of Basic, under any name. */
    private static @Nullable String token(@Nullable String authorization) {
        if (authorization == null) {
            return null;
        }
        String[] parts = authorization.strip().split("\\s+", 2);
        if (parts.length < 2) {
            return null;
        }
        if (parts[0].equalsIgnoreCase("Bearer")) {
            return parts[1];
        }
        if (!parts[0].equalsIgnoreCase("Basic")) {
            return null;
        }
        try {
            String pair = new String(Base64.getDecoder().decode(parts[1]), StandardCharsets.UTF_8);
            return pair.substring(pair.indexOf(':') + 1);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private void answer(Context ctx, Asked asked, HttpStatus status, String words) {
        count(asked);
        ctx.status(status).contentType("text/plain; charset=utf-8").result(words + "\n");
    }

    private void count(Asked asked) {
        AlertingMeters.CAP_REQUESTS.counter(meters, asked.name()).increment();
    }

    private static @Nullable Integer limit(Context ctx) {
        String text = Objects.requireNonNullElse(ctx.queryParam("limit"), String.valueOf(LIMIT));
        int limit = text.matches("\\d{1,3}") ? Integer.parseInt(text) : 0;
        return limit >= 1 && limit <= LARGEST_LIMIT ? limit : null;
    }

    private String base(Context ctx) {
        return publicUrl.map(URI::toString).orElseGet(() -> ctx.scheme() + "://" + ctx.host());
    }

    private CapLog log(Realm realm) {
        return Objects.requireNonNull(logs.get(realm));
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
