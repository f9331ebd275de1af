package io.fengsui.standalone;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import io.fengsui.event.Police110;
import io.fengsui.ops.DeadLetterStage;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.rejection.Rejection;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topics;
import io.fengsui.standalone.testkit.SharedStandalone;
import io.fengsui.standalone.testkit.TopicReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.paho.mqttv5.client.IMqttMessageListener;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A name, a number, a place and words are planted in every kind of message, good and bad, and then looked for everywhere: they
 * are in the topics of their feed, and in no other topic, log, metric, alert, page or notice.
 */
class PersonalDataIT {
    private static final Duration SOON = Duration.ofSeconds(40);
    private static final Charset GB18030 = Charset.forName("GB18030");

    private static final String VENDOR = "police-centre";
    private static final String DEVICE = "police-110-centre";
    private static final String FEED = "police-110";
    private static final Feed<Police110> POLICE = Feeds.of(Police110.class);

    private static final String NAME = "赵普朗";
    private static final String TELEPHONE = "13912345678";
    private static final String ADDRESS = "银杏新村七幢三零二室";
    private static final String WORDS = "邻居持斧砸门";
    private static final double LONGITUDE = 120.987654321;

    /** Each text in the forms in which it could be written somewhere. */
    private static final Map<String, byte[]> FORMS = forms();

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final ByteArrayOutputStream stream = new ByteArrayOutputStream();
    private final Queue<byte[]> notices = new ConcurrentLinkedQueue<>();
    private final List<String> found = new ArrayList<>();

    @Test
    void shouldShowPersonalDataNowhereButInTheTopicsOfItsFeed() throws Exception {
        captureLog();
        Path data = directory.resolve("data");
        try (Standalone standalone = SharedStandalone.create(
                data, Home.locate().seeds(), Set.of(), Map.of("ingest.rejection.interval.ms", "0"))) {
            standalone.start();
            listenToTheConsole(standalone);
            MqttClient vendor = connect(standalone);
            int refused = plant(vendor) + poison(standalone);
            int told = awaitAll(standalone, refused);

            searchTopics(standalone);
            searchConsole(standalone);
            await().atMost(SOON).untilAsserted(() -> assertThat(notices).hasSize(told));
            notices.forEach(notice -> search("rejection notice " + new String(notice, UTF_8), notice));
            vendor.disconnect();
        }
        search("log", log.toByteArray());
        search("events of the console", stream.toByteArray());
        searchFiles(data);

        assertThat(log.toString(UTF_8)).contains("police-110");
        assertThat(stream.toString(UTF_8)).contains("event:");
        assertThat(found).isEmpty();
    }

    // ---- planting

    private MqttClient connect(Standalone standalone) throws MqttException {
        MqttClient vendor = new MqttClient(standalone.ports().mqttUri(), VENDOR + "-planter", new MemoryPersistence());
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setUserName(VENDOR);
        options.setPassword(standalone.users().password(VENDOR).orElseThrow().getBytes(UTF_8));
        vendor.connect(options);
        MqttSubscription all = new MqttSubscription("fengsui/v1/" + VENDOR + "/rejected/#", 1);
        IMqttMessageListener listener = (topic, message) -> notices.add(message.getPayload());
        vendor.subscribe(new MqttSubscription[] {all}, new IMqttMessageListener[] {listener});
        return vendor;
    }

    /** Publishes all; returns how many must be refused. */
    private static int plant(MqttClient vendor) throws MqttException {
        String good = report("good", "");
        publish(vendor, topic(DEVICE), good.getBytes(UTF_8), null);
        publish(vendor, topic(DEVICE), good.getBytes(UTF_8), null);
        publish(
                vendor,
                topic(DEVICE),
                report("exercise", "\"status\": \"EXERCISE\", \"exercise\": \"演练\",")
                        .getBytes(UTF_8),
                null);
        String late = report("late", "").replace("\"time\": ", "\"time\": " + ago(Duration.ofHours(2)) + ", \"was\": ");
        publish(vendor, topic(DEVICE), late.getBytes(UTF_8), null);
        String homeless = report("homeless", "").replace("320583106", "320583999");
        publish(vendor, topic(DEVICE), homeless.getBytes(UTF_8), null);

        Map<String, byte[]> bad = bad();
        for (byte[] payload : bad.values()) {
            publish(vendor, topic(DEVICE), payload, null);
        }
        publish(vendor, topic(DEVICE), good.getBytes(UTF_8), "text/" + NAME);
        List<String> astray = List.of(
                topic("nobody"),
                topic(DEVICE) + "/more",
                topic("not a device"),
                "fengsui/v1/" + VENDOR,
                "fengsui/v1/" + VENDOR + "/police-11O/" + DEVICE,
                "fengsui/v1/" + VENDOR + "/dust-sensor/" + DEVICE,
                "fengsui/v1/" + VENDOR + "/dust-sensor/nobody",
                "fengsui/v1/" + VENDOR + "/gateway/nobody");
        for (String topic : astray) {
            publish(vendor, topic, good.getBytes(UTF_8), null);
        }
        return bad.size() + 1 + astray.size();
    }

    /** What a foreign program writes into the topic of the feed. */
    private static int poison(Standalone standalone) throws Exception {
        byte[] value = (NAME + TELEPHONE).getBytes(UTF_8);
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(standalone.clients(), new StringSerializer(), new ByteArraySerializer())) {
            String feed = Topics.feed(Realm.LIVE, POLICE).name();
            producer.send(new ProducerRecord<>(feed, DEVICE, value)).get();
            producer.send(new ProducerRecord<>(feed, DEVICE, null)).get();
        }
        return 2;
    }

    private static Map<String, byte[]> bad() {
        Map<String, String> bad = new LinkedHashMap<>();
        String good = report("bad", "");
        bad.put("wrong type", good.replace("\"injured\": 1", "\"injured\": \"" + NAME + " " + TELEPHONE + "\""));
        bad.put("no text", good.replace("\"" + NAME + "\"", "[\"" + NAME + "\"]"));
        bad.put("object for a number", good.replace("\"injured\": 1", "\"injured\": {\"" + NAME + "\": 1}"));
        bad.put("out of range", good.replace("\"injured\": 1", "\"injured\": " + TELEPHONE));
        bad.put("part of a person", good.replace("\"injured\": 1", "\"injured\": " + TELEPHONE.substring(0, 4) + ".5"));
        bad.put("unknown value", good.replace("\"CRIME\"", "\"" + NAME + "\""));
        bad.put("bad time", good.replace("\"time\": ", "\"time\": \"" + ADDRESS + "\", \"was\": "));
        bad.put("no time", good.replace("\"time\": ", "\"time\": [\"" + ADDRESS + "\"], \"was\": "));
        bad.put("too long", good.replace(WORDS, WORDS.repeat(400)));
        bad.put("control character", good.replace(NAME, NAME + "\\u0007"));
        bad.put("other device", report("bad", "\"deviceId\": \"" + NAME + "\","));
        bad.put("exercise that is real", report("bad", "\"status\": \"ACTUAL\", \"exercise\": \"" + NAME + "\","));
        bad.put("missing field", good.replace("\"incidentNo\"", "\"" + NAME + "\""));
        bad.put("no point", good.replace("\"GCJ02\"", "\"" + NAME + "\""));
        bad.put("cut", good.substring(0, good.length() - 3));
        bad.put("word", good.replace("\"injured\": 1", "\"injured\": " + NAME));
        bad.put("field twice", good.replace("\"injured\": 1", "\"" + NAME + "\": 1, \"" + NAME + "\": 2"));
        bad.put("array", "[\"" + NAME + "\", \"" + TELEPHONE + "\"]");
        bad.put("text", NAME + " " + TELEPHONE);
        bad.put("too deep", good.replace("\"injured\": 1", "\"" + NAME + "\": " + "[".repeat(40) + "]".repeat(40)));
        bad.put(
                "escaped",
                escaped(good, false).substring(0, escaped(good, false).length() - 3));
        bad.put("oversized", good.replace("}}", "}, \"padding\": \"" + NAME.repeat(10_000) + "\"}"));
        Map<String, byte[]> payloads = new LinkedHashMap<>();
        bad.forEach((kind, text) -> {
            assertThat(text).as(kind).isNotEqualTo(good);
            payloads.put(kind, text.getBytes(UTF_8));
        });
        payloads.put("GB18030", good.getBytes(GB18030));
        return payloads;
    }

    private static String report(String id, String more) {
        return """
                {"messageId": "%s", "time": %s, %s
                 "incidentNo": "JJ-%s", "kind": "CRIME", "state": "RECEIVED", "divisionCode": "320583106", "injured": 1,
                 "severity": "III",
                 "callerName": "%s", "callerTelephone": "%s", "address": "%s", "description": "%s",
                 "idCard": "%s",
                 "point": {"longitude": %s, "latitude": 31.123456789, "datum": "GCJ02"}}""".formatted(
                        id,
                        ago(Duration.ZERO),
                        more,
                        id,
                        NAME,
                        TELEPHONE,
                        ADDRESS,
                        NAME + "说" + WORDS + "，电话" + TELEPHONE,
                        NAME,
                        LONGITUDE);
    }

    private static String ago(Duration age) {
        return Long.toString(Instant.now().minus(age).toEpochMilli());
    }

    private static String topic(String device) {
        return "fengsui/v1/" + VENDOR + "/" + FEED + "/" + device;
    }

    private static void publish(MqttClient vendor, String topic, byte[] payload, String contentType)
            throws MqttException {
        MqttMessage message = new MqttMessage(payload, 1, false, null);
        if (contentType != null) {
            MqttProperties properties = new MqttProperties();
            properties.setContentType(contentType);
            message.setProperties(properties);
        }
        vendor.publish(topic, message);
    }

    /** Waits until all has arrived; returns how many refusals are to be told: of those whose topic says to whom. */
    private static int awaitAll(Standalone standalone, int refused) {
        try (var letters = new TopicReader<>(standalone, Topics.deadLetter(POLICE));
                var unrouted = new TopicReader<>(standalone, Topics.unrouted(Realm.LIVE, POLICE));
                var events = new TopicReader<>(standalone, Topics.township(Realm.LIVE, "zhangpu", POLICE));
                var drill = new TopicReader<>(standalone, Topics.township(Realm.DRILL, "zhangpu", POLICE));
                var alerts = new TopicReader<>(standalone, Topics.townshipAlert(Realm.LIVE, "zhangpu"))) {
            await().atMost(SOON).untilAsserted(() -> assertThat(letters.all(letter -> true))
                    .hasSize(refused)
                    .allSatisfy(letter -> assertThat(letter.getDetail())
                            .doesNotContain(NAME, TELEPHONE, ADDRESS, WORDS)
                            .isNotEmpty()));
            assertThat(letters.all(letter -> true))
                    .extracting(letter -> letter.getReason())
                    .contains(Stream.of(
                                    Rejection.BAD_TOPIC,
                                    Rejection.UNKNOWN_FEED,
                                    Rejection.UNKNOWN_DEVICE,
                                    Rejection.WRONG_FEED,
                                    Rejection.NOT_UTF8,
                                    Rejection.OVERSIZED,
                                    Rejection.TOO_DEEP,
                                    Rejection.UNSUPPORTED_FORMAT,
                                    Rejection.NOT_AVRO)
                            .map(Rejection::name)
                            .toArray(String[]::new));
            await().atMost(SOON).until(() -> unrouted.all(record -> true).size() == 1);
            await().atMost(SOON).untilAsserted(() -> assertThat(events.all(event -> true))
                    .hasSize(2)
                    .allSatisfy(event -> assertThat(event.getCallerName()).isEqualTo("***")));
            await().atMost(SOON).until(() -> drill.all(event -> true).size() == 1);
            await().atMost(SOON).until(() -> !alerts.all(alert -> true).isEmpty());
            return letters.all(letter -> letter.getStage() == DeadLetterStage.INGEST && letter.getDeviceId() != null)
                    .size();
        }
    }

    // ---- searching

    /** Every topic there is, whatever its name, as its bytes stand: also what was never committed. */
    private void searchTopics(Standalone standalone) throws Exception {
        Map<String, Object> config = new HashMap<>(standalone.clients());
        config.put("isolation.level", "read_uncommitted");
        Map<String, Set<String>> naming = new HashMap<>();
        try (Admin admin = Admin.create(standalone.clients());
                KafkaConsumer<byte[], byte[]> consumer =
                        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            Set<String> topics = admin.listTopics(new ListTopicsOptions().listInternal(true))
                    .names()
                    .get();
            assertThat(topics).contains("__consumer_offsets").anyMatch(topic -> topic.endsWith("-changelog"));
            List<TopicPartition> partitions = topics.stream()
                    .flatMap(topic -> consumer.partitionsFor(topic).stream())
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (!ends.isEmpty()) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    naming.computeIfAbsent(record.topic(), topic -> new TreeSet<>())
                            .addAll(namesIn(record));
                }
                ends.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
            }
        }
        naming.forEach((topic, forms) -> {
            if (!isOfTheFeed(topic) && !forms.isEmpty()) {
                found.add("topic " + topic + ": " + forms);
            }
        });
        // That it is found where it may be shows that this search finds it.
        assertThat(naming.get("feed.police-110")).contains("name UTF-8", "telephone", "longitude Avro");
        assertThat(naming.get("drill.feed.police-110")).contains("name UTF-8");
        assertThat(naming.get("feed.police-110.unrouted")).contains("name UTF-8", "longitude Avro");
        assertThat(naming.get("feed.police-110.dead-letter"))
                .contains("name UTF-8", "name GB18030", "name escaped", "telephone", "longitude");
    }

    private static Set<String> namesIn(ConsumerRecord<byte[], byte[]> record) {
        Set<String> forms = new TreeSet<>();
        Stream.concat(
                        Stream.of(record.key(), record.value()),
                        Stream.of(record.headers().toArray())
                                .flatMap(header -> Stream.of(header.key().getBytes(UTF_8), header.value())))
                .filter(bytes -> bytes != null)
                .forEach(bytes -> forms.addAll(formsIn(bytes)));
        return forms;
    }

    private static boolean isOfTheFeed(String topic) {
        return topic.startsWith("feed." + FEED) || topic.startsWith("drill.feed." + FEED);
    }

    private void searchConsole(Standalone standalone) throws Exception {
        String alert = "police-incident@JJ-";
        for (String path : List.of(
                "/",
                "/drill",
                "/alerts/live/" + alert + "good",
                "/alerts/drill/" + alert + "exercise",
                "/feeds",
                "/help",
                "/login",
                "/api/alerts",
                "/api/alerts?realm=drill",
                "/health/ready",
                "/health/live",
                "/metrics")) {
            for (String language : List.of("zh", "en")) {
                String address = path + (path.contains("?") ? "&" : "?") + "lang=" + language;
                HttpResponse<byte[]> page = get(standalone, address, HttpResponse.BodyHandlers.ofByteArray());
                assertThat(page.statusCode()).as(address).isEqualTo(200);
                search("console " + address, page.body());
                if (path.contains("alert")) {
                    assertThat(new String(page.body(), UTF_8)).as(address).contains("police-incident");
                }
            }
        }
    }

    /** Keeps what the console's stream of events tells while all this happens. */
    private void listenToTheConsole(Standalone standalone) throws Exception {
        InputStream events = get(standalone, "/events", HttpResponse.BodyHandlers.ofInputStream())
                .body();
        Thread listener = new Thread(() -> {
            try {
                events.transferTo(stream);
            } catch (IOException e) {
                // The console has closed it.
            }
        });
        listener.setDaemon(true);
        listener.start();
    }

    private static <T> HttpResponse<T> get(Standalone standalone, String path, HttpResponse.BodyHandler<T> body)
            throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(standalone.ports().consoleUrl() + path))
                                .header(
                                        "Authorization",
                                        "Bearer "
                                                + standalone
                                                        .consoleUsers()
                                                        .token()
                                                        .orElseThrow())
                                .header("Accept", path.equals("/events") ? "text/event-stream" : "*/*")
                                .build(),
                        body);
    }

    /**
     * All files of the data directory, but: Kafka's directories of the feed's own topics, which are the protected place itself;
     * and the MQTT broker's store, where a message waits as it came until the bridge has acknowledged it.
     */
    private void searchFiles(Path data) throws IOException {
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path inside = data.relativize(file);
                boolean ofTheFeed = inside.startsWith("kafka")
                        && inside.getNameCount() > 2
                        && isOfTheFeed(inside.getName(1).toString());
                if (!ofTheFeed && !inside.startsWith("mqtt")) {
                    search("file " + inside, Files.readAllBytes(file));
                }
            }
        }
    }

    private void search(String where, byte[] bytes) {
        Set<String> forms = formsIn(bytes);
        if (!forms.isEmpty()) {
            found.add(where + ": " + forms);
        }
    }

    private static Set<String> formsIn(byte[] bytes) {
        // Latin-1 is one character a byte, so that text search finds bytes.
        String text = latin(bytes);
        return FORMS.entrySet().stream()
                .filter(form -> text.contains(latin(form.getValue())))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String latin(byte[] bytes) {
        return new String(bytes, ISO_8859_1);
    }

    private static Map<String, byte[]> forms() {
        Map<String, byte[]> forms = new LinkedHashMap<>();
        Map.of("name", NAME, "address", ADDRESS, "words", WORDS).forEach((what, text) -> {
            forms.put(what + " UTF-8", text.getBytes(UTF_8));
            forms.put(what + " GB18030", text.getBytes(GB18030));
            forms.put(what + " UTF-16", text.getBytes(UTF_16BE));
            forms.put(what + " escaped", escaped(text, false).getBytes(UTF_8));
            forms.put(what + " escaped in capitals", escaped(text, true).getBytes(UTF_8));
            forms.put(what + " in an address", URLEncoder.encode(text, UTF_8).getBytes(UTF_8));
        });
        forms.put("telephone", TELEPHONE.getBytes(UTF_8));
        forms.put("telephone as a number", "1.3912345678E10".getBytes(UTF_8));
        forms.put("longitude", Double.toString(LONGITUDE).getBytes(UTF_8));
        forms.put(
                "longitude Avro",
                ByteBuffer.allocate(8)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putDouble(LONGITUDE)
                        .array());
        return forms;
    }

    /** With each character that is not ASCII as JSON escapes it. */
    private static String escaped(String text, boolean capitals) {
        return text.chars()
                .mapToObj(c -> c < 128
                        ? String.valueOf((char) c)
                        : String.format(Locale.ROOT, capitals ? "\\u%04X" : "\\u%04x", c))
                .collect(Collectors.joining());
    }

    /** All that is logged from now on in this JVM at the levels of a run, ours at every level, with stack traces. */
    private void captureLog() {
        if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
            throw new IllegalStateException("logback is not the logging backend");
        }
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern("%d %level %logger %msg%n%ex");
        encoder.start();
        OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
        appender.setContext(context);
        appender.setEncoder(encoder);
        appender.setOutputStream(log);
        appender.start();
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender);
        context.getLogger("io.fengsui").setLevel(Level.TRACE);
        context.getLogger("org.apache.kafka").setLevel(Level.WARN);
    }
}
