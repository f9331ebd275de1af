package io.fengsui.alerting;

import io.fengsui.alert.AlertText;
import io.fengsui.alerting.notify.cap.CapSettings;
import io.fengsui.alerting.notify.webhook.Signature;
import io.fengsui.platform.StartException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.ValidString;
import org.apache.kafka.common.config.ConfigDef.Validator;
import org.apache.kafka.common.config.ConfigException;

/**
 * Settings of what is told to others besides Alertmanager.
 *
 * @param capReaders file of who may read CAP messages
 * @param national empty: the national profile is off
 */
record DeliveryConfig(CapSettings cap, Optional<Path> capReaders, Optional<National> national, Webhooks webhooks) {

    /** @param eventTypes code by feed id */
    record National(String senderCode, Map<String, String> eventTypes) {}

    /** @param signatures one for each URL */
    record Webhooks(List<URI> urls, List<Signature> signatures, Duration timeout) {}

    private static final String SENDER = "alerting.cap.sender";
    private static final String SENDER_NAME_ZH = "alerting.cap.sender.name.zh";
    private static final String SENDER_NAME_EN = "alerting.cap.sender.name.en";
    private static final String CONTACT = "alerting.cap.contact";
    private static final String SCOPE = "alerting.cap.scope";
    private static final String CATEGORIES = "alerting.cap.categories";
    private static final String READERS_FILE = "alerting.cap.readers.file";
    private static final String NATIONAL_SENDER_CODE = "alerting.cap.national.sender.code";
    private static final String NATIONAL_EVENT_TYPES = "alerting.cap.national.event.types";
    private static final String WEBHOOK_URLS = "alerting.webhook.urls";
    private static final String WEBHOOK_SECRETS = "alerting.webhook.secrets";
    private static final String WEBHOOK_SECRETS_FILE = "alerting.webhook.secrets.file";
    private static final String WEBHOOK_TIMEOUT = "alerting.webhook.timeout.ms";

    /** @param url what a list of URLs looks like */
    static void define(ConfigDef settings, Validator url) {
        defineCap(settings);
        settings.define(
                        WEBHOOK_URLS,
                        Type.LIST,
                        "",
                        url,
                        Importance.MEDIUM,
                        "Receivers to which each change of a live alert is posted as signed JSON (docs/delivery.md),"
                                + " comma-separated. Empty: none.")
                .define(
                        WEBHOOK_SECRETS,
                        Type.PASSWORD,
                        "",
                        Importance.MEDIUM,
                        "Secrets of these receivers in the same order, comma-separated, at least "
                                + Signature.SHORTEST_SECRET + " characters each. Best given in the environment.")
                .define(
                        WEBHOOK_SECRETS_FILE,
                        Type.STRING,
                        "",
                        Importance.MEDIUM,
                        "File with the secrets instead, a line each in the order of the URLs.")
                .define(
                        WEBHOOK_TIMEOUT,
                        Type.LONG,
                        5_000L,
                        Range.between(100, 60_000),
                        Importance.LOW,
                        "Milliseconds to wait for a receiver's whole reply.");
    }

    private static void defineCap(ConfigDef settings) {
        settings.define(
                        SENDER,
                        Type.STRING,
                        "fengsui",
                        new Shape("a domain name, or other text without space, comma, < and &", "[^\\s,<&]{1,100}"),
                        Importance.MEDIUM,
                        "Sender of CAP messages; unique in the world, so a domain name of the city. Never change it while"
                                + " alerts are open: their former messages have the old one.")
                .define(SENDER_NAME_ZH, Type.STRING, "城市应急指挥中心", Importance.LOW, "Its name for people, Chinese.")
                .define(
                        SENDER_NAME_EN,
                        Type.STRING,
                        "City emergency command",
                        Importance.LOW,
                        "Its name for people, English.")
                .define(CONTACT, Type.STRING, "", Importance.LOW, "Whom readers of CAP call. Empty for none.")
                .define(
                        SCOPE,
                        Type.STRING,
                        "Restricted",
                        ValidString.in("Restricted", "Public"),
                        Importance.LOW,
                        "Scope of CAP messages, also in the national profile: Restricted to duty rooms, or Public.")
                .define(
                        CATEGORIES,
                        Type.LIST,
                        "beidou-report:Rescue,dust-sensor:Fire,elevator-119:Rescue,flood-gauge:Met,gateway:Infra,"
                                + "medical-120:Health,police-110:Security,video-status:Infra",
                        new Shape(
                                "feed:category",
                                "[a-z0-9-]+:(Geo|Met|Safety|Security|Rescue|Fire|Health|Env|Transport|Infra|CBRNE|Other)"),
                        Importance.LOW,
                        "Category of CAP by feed; Safety for others.")
                .define(
                        READERS_FILE,
                        Type.STRING,
                        "",
                        Importance.HIGH,
                        "File of who may read CAP messages (docs/delivery.md). Empty: everybody, while only this machine"
                                + " reaches the server; else nobody.")
                .define(
                        NATIONAL_SENDER_CODE,
                        Type.STRING,
                        "",
                        new Shape("14 digits", "\\d{14}"),
                        Importance.MEDIUM,
                        "Code of the publishing unit in the national early-warning system: division, agency, subdivision,"
                                + " extension. Empty: no messages in the national profile.")
                .define(
                        NATIONAL_EVENT_TYPES,
                        Type.LIST,
                        "",
                        new Shape("feed:code", "[a-z0-9-]+:[0-9A-Z]{5}"),
                        Importance.MEDIUM,
                        "Event type of the national system by feed, such as flood-gauge:11B03; feeds without one are not"
                                + " published there.");
    }

    static DeliveryConfig of(AbstractConfig parsed, List<URI> webhooks) {
        String code = parsed.getString(NATIONAL_SENDER_CODE);
        return new DeliveryConfig(
                new CapSettings(
                        parsed.getString(SENDER),
                        new AlertText(parsed.getString(SENDER_NAME_ZH), parsed.getString(SENDER_NAME_EN)),
                        parsed.getString(CONTACT),
                        parsed.getString(SCOPE),
                        map(parsed.getList(CATEGORIES))),
                Optional.of(parsed.getString(READERS_FILE))
                        .filter(file -> !file.isEmpty())
                        .map(Path::of),
                code.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new National(code, map(parsed.getList(NATIONAL_EVENT_TYPES)))),
                new Webhooks(
                        webhooks,
                        signatures(parsed, webhooks.size()),
                        Duration.ofMillis(parsed.getLong(WEBHOOK_TIMEOUT))));
    }

    static List<String> webhookUrls(AbstractConfig parsed) {
        return parsed.getList(WEBHOOK_URLS);
    }

    private static Map<String, String> map(List<String> entries) {
        Map<String, String> map = new HashMap<>();
        for (String entry : entries) {
            int colon = entry.indexOf(':');
            if (colon > 0) {
                map.put(entry.substring(0, colon), entry.substring(colon + 1));
            }
        }
        return Map.copyOf(map);
    }

    private static List<Signature> signatures(AbstractConfig parsed, int receivers) {
        String file = parsed.getString(WEBHOOK_SECRETS_FILE);
        String origin = file.isEmpty() ? WEBHOOK_SECRETS : file;
        List<String> secrets = file.isEmpty()
                ? List.of(parsed.getPassword(WEBHOOK_SECRETS).value().split(",", -1))
                : lines(Path.of(file));
        List<String> given = secrets.stream()
                .map(String::strip)
                .filter(secret -> !secret.isEmpty())
                .toList();
        if (given.size() != receivers) {
            throw new StartException(origin + ": " + given.size() + " secrets for " + receivers + " receivers in "
                    + WEBHOOK_URLS + "; each has its own, for instance from: openssl rand -hex 32");
        }
        if (given.stream().anyMatch(secret -> secret.length() < Signature.SHORTEST_SECRET)) {
            throw new StartException(origin + ": a secret is shorter than " + Signature.SHORTEST_SECRET
                    + " characters and could be guessed; make one by: openssl rand -hex 32");
        }
        return given.stream().map(Signature::new).toList();
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new StartException(file + ": cannot be read (" + WEBHOOK_SECRETS_FILE + "): " + e.getMessage(), e);
        }
    }

    /** Every entry of a list, or one value, has this shape; nothing at all is allowed where the default is nothing. */
    private record Shape(String words, String pattern) implements Validator {
        @Override
        public void ensureValid(String name, Object value) {
            List<?> entries = value instanceof List<?> list ? list : List.of(value);
            for (Object entry : entries) {
                if (!entry.toString().isEmpty() && !entry.toString().matches(pattern)) {
                    throw new ConfigException(name, entry, "expected " + words);
                }
            }
        }

        @Override
        public String toString() {
            return words;
        }
    }
}
