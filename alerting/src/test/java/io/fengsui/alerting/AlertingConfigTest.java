package io.fengsui.alerting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fengsui.alert.AlertText;
import io.fengsui.alerting.access.Role;
import io.fengsui.alerting.notify.cap.CapSettings;
import io.fengsui.alerting.openid.OpenIdSettings;
import io.fengsui.platform.Settings;
import io.fengsui.platform.StartException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertingConfigTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    @Test
    void shouldHaveDefaults() {
        AlertingConfig config = AlertingConfig.of(Settings.empty());

        assertThat(config.kafka()).isEqualTo(Map.of("bootstrap.servers", "127.0.0.1:9092"));
        assertThat(config.routingApplicationId()).isEqualTo("fengsui-streams");
        assertThat(config.streams())
                .isEqualTo(new AlertingConfig.Streams(
                        "fengsui-alerting",
                        Path.of("data/alerting"),
                        Optional.empty(),
                        1,
                        0,
                        Duration.ofMillis(30),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(60)));
        assertThat(config.http()).isEqualTo(new AlertingConfig.Http("127.0.0.1", 8080, Optional.empty()));
        assertThat(config.access())
                .isEqualTo(new AccessConfig(
                        "", Duration.ofMinutes(30), Duration.ofHours(12), List.of(), OpenIdConfig.NONE));
        assertThat(config.alertmanager())
                .isEqualTo(new AlertingConfig.Alertmanager(
                        List.of(), List.of(), Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofSeconds(5)));
        assertThat(config.delivery().cap().sender()).isEqualTo("fengsui");
        assertThat(config.delivery().cap().scope()).isEqualTo("Restricted");
        assertThat(config.delivery().cap().categories()).containsEntry("elevator-119", "Rescue");
        assertThat(config.delivery().capReaders()).isEmpty();
        assertThat(config.delivery().national()).isEmpty();
        assertThat(config.delivery().webhooks())
                .isEqualTo(new DeliveryConfig.Webhooks(List.of(), List.of(), Duration.ofSeconds(5)));
    }

    @Test
    void shouldMapEveryKey() {
        Map<String, String> values = new TreeMap<>(Map.ofEntries(
                Map.entry("bootstrap.servers", "a:1,b:2"),
                Map.entry("schema.registry.url", "http://r:1"),
                Map.entry("basic.auth.credentials.source", "USER_INFO"),
                Map.entry("basic.auth.user.info", "u:p"),
                Map.entry("alerting.application.id", "app"),
                Map.entry("alerting.state.dir", "/s"),
                Map.entry("alerting.group.instance.id", "one"),
                Map.entry("alerting.threads", "2"),
                Map.entry("alerting.standby.replicas", "1"),
                Map.entry("alerting.commit.interval.ms", "60"),
                Map.entry("alerting.session.timeout.ms", "7000"),
                Map.entry("alerting.transaction.timeout.ms", "8000"),
                Map.entry("alerting.start.timeout.ms", "9000"),
                Map.entry("alerting.streams.application.id", "routing"),
                Map.entry("alerting.http.host", "0.0.0.0"),
                Map.entry("alerting.http.port", "0"),
                Map.entry("alerting.public.url", "https://duty.example.cn/fengsui/"),
                Map.entry("alerting.alertmanager.urls", "http://am-1:9093/,http://am-2:9093/x"),
                Map.entry("alerting.alertmanager.resend.ms", "2000"),
                Map.entry("alerting.alertmanager.resolved.resend.ms", "3000")));
        values.put("alerting.alertmanager.timeout.ms", "400");
        values.put("alerting.readers.silent.after.ms", "120000");
        values.put("alerting.cap.sender", "duty.example.cn");
        values.put("alerting.cap.sender.name.zh", "指挥中心");
        values.put("alerting.cap.sender.name.en", "Command");
        values.put("alerting.cap.contact", "0512");
        values.put("alerting.cap.scope", "Public");
        values.put("alerting.cap.categories", "dust-sensor:Env");
        values.put("alerting.cap.readers.file", "/readers");
        values.put("alerting.cap.national.sender.code", "32058341600000");
        values.put("alerting.cap.national.event.types", "flood-gauge:11B03");
        values.put("alerting.webhook.urls", "https://a.cn/x,https://b.cn");
        values.put("alerting.webhook.secrets", SECRET + "1," + SECRET + "2");
        values.put("alerting.webhook.secrets.file", "");
        values.put("alerting.webhook.timeout.ms", "600");
        values.put("alerting.alertmanager.exercise.urls", "http://am-3:9093/");
        values.put("alerting.console.users", "/u.csv");
        values.put("alerting.console.session.idle.ms", "60000");
        values.put("alerting.console.session.absolute.ms", "300000");
        values.put("alerting.http.proxies", "10.0.0.1,10.0.0.2");
        values.put("alerting.openid.issuer", "https://sso.example.cn/realms/city");
        values.put("alerting.openid.client.id", "fengsui");
        values.put("alerting.openid.client.secret", "s");
        values.put("alerting.openid.client.secret.file", "");
        values.put("alerting.openid.scopes", "profile,groups");
        values.put("alerting.openid.role.claim", "groups");
        values.put("alerting.openid.roles", "duty-city=city-duty-officer,duty-town=unit-officer");
        values.put("alerting.openid.unit.claim", "org");
        values.put("alerting.openid.units", "320583001=zhangpu");
        assertThat(values.keySet())
                .isEqualTo(new TreeMap<>(AlertingConfig.definition().configKeys()).keySet());
        values.put("alerting.kafka.security.protocol", "SSL");

        AlertingConfig config = AlertingConfig.of(Settings.empty().with(values));

        assertThat(config.readerSilentAfter()).isEqualTo(Duration.ofMinutes(2));

        assertThat(config.kafka()).isEqualTo(Map.of("bootstrap.servers", "a:1,b:2", "security.protocol", "SSL"));
        assertThat(config.registry()).containsEntry("basic.auth.user.info", "u:p");
        assertThat(config.routingApplicationId()).isEqualTo("routing");
        assertThat(config.streams())
                .isEqualTo(new AlertingConfig.Streams(
                        "app",
                        Path.of("/s"),
                        Optional.of("one"),
                        2,
                        1,
                        Duration.ofMillis(60),
                        Duration.ofSeconds(7),
                        Duration.ofSeconds(8),
                        Duration.ofSeconds(9)));
        assertThat(config.http())
                .isEqualTo(new AlertingConfig.Http(
                        "0.0.0.0", 0, Optional.of(URI.create("https://duty.example.cn/fengsui"))));
        assertThat(config.access().openId().settings(config.http().publicUrl()))
                .hasValue(new OpenIdSettings(
                        URI.create("https://sso.example.cn/realms/city"),
                        "fengsui",
                        "s",
                        URI.create("https://duty.example.cn/fengsui/openid/callback"),
                        List.of("profile", "groups"),
                        "groups",
                        Map.of("duty-city", Role.CITY_DUTY_OFFICER, "duty-town", Role.UNIT_OFFICER),
                        "org",
                        Map.of("320583001", "zhangpu")));
        assertThat(config.access())
                .isEqualTo(new AccessConfig(
                        "/u.csv",
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(5),
                        List.of("10.0.0.1", "10.0.0.2"),
                        config.access().openId()));
        assertThat(config.alertmanager())
                .isEqualTo(new AlertingConfig.Alertmanager(
                        List.of(URI.create("http://am-1:9093"), URI.create("http://am-2:9093/x")),
                        List.of(URI.create("http://am-3:9093")),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(3),
                        Duration.ofMillis(400)));
        DeliveryConfig delivery = config.delivery();
        assertThat(delivery.cap())
                .isEqualTo(new CapSettings(
                        "duty.example.cn",
                        new AlertText("指挥中心", "Command"),
                        "0512",
                        "Public",
                        Map.of("dust-sensor", "Env")));
        assertThat(delivery.capReaders()).contains(Path.of("/readers"));
        assertThat(delivery.national())
                .contains(new DeliveryConfig.National("32058341600000", Map.of("flood-gauge", "11B03")));
        assertThat(delivery.webhooks().urls())
                .containsExactly(URI.create("https://a.cn/x"), URI.create("https://b.cn"));
        assertThat(delivery.webhooks().signatures()).hasSize(2);
        assertThat(delivery.webhooks().timeout()).isEqualTo(Duration.ofMillis(600));
        assertThat(config.toString()).doesNotContain(SECRET);
    }

    @Test
    void shouldAskForOneLongSecretForEachReceiver(@TempDir Path directory) throws IOException {
        Settings settings = Settings.empty().with("alerting.webhook.urls", "https://a.cn,https://b.cn");

        assertThatThrownBy(() -> AlertingConfig.of(settings))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("0 secrets for 2 receivers");

        Path file = directory.resolve("secrets");
        settings.with("alerting.webhook.secrets.file", file.toString());
        assertThatThrownBy(() -> AlertingConfig.of(settings)).hasMessageContaining(file.toString());
        Files.writeString(file, SECRET + "\nshort\n");
        assertThatThrownBy(() -> AlertingConfig.of(settings))
                .hasMessageContaining("shorter than 32")
                .hasMessageNotContaining(SECRET);
        Files.writeString(file, SECRET + "\n\n" + SECRET + "2\n");
        assertThat(AlertingConfig.of(settings).delivery().webhooks().signatures())
                .hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1,,true",
        "localhost,http://localhost:8080,true",
        "0.0.0.0,,false",
        "10.0.0.4,,false",
        "127.0.0.1,https://duty.example.cn,false"
    })
    void shouldKnowWhetherOthersReachTheServer(String host, String publicUrl, boolean onlyThisMachine) {
        AlertingConfig config = AlertingConfig.of(Settings.empty()
                .with("alerting.http.host", host)
                .with("alerting.public.url", publicUrl == null ? "" : publicUrl));

        assertThat(config.http().isOnlyForThisMachine()).isEqualTo(onlyThisMachine);
    }

    @ParameterizedTest
    @CsvSource({
        "alerting.http.port, 70000, [0",
        "alerting.alertmanager.urls, am:9093, http://host:port",
        "alerting.public.url, duty, http://host:port",
        "alerting.cap.sender, a b, domain name",
        "alerting.cap.categories, dust-sensor:fire, feed:category",
        "alerting.cap.national.sender.code, 320583, 14 digits",
        "alerting.webhook.urls, ftp://a, http://host:port",
        "bootstrap.servers, localhost, host:port",
        "alerting.thread, 2, did you mean alerting.threads?"
    })
    void shouldNameKeyAndExpectationWhenAValueIsWrong(String key, String value, String expected) {
        Settings settings = Settings.empty().with(key, value);

        assertThatThrownBy(() -> AlertingConfig.of(settings))
                .isInstanceOf(StartException.class)
                .hasMessageContaining(key)
                .hasMessageContaining(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "'', 127.0.0.1, '', is not set",
        "none, 0.0.0.0, '', 127.0.0.1 only",
        "none, 127.0.0.1, https://duty.example.cn, no alerting.public.url",
        "/no/such/file.csv, 127.0.0.1, '', fengsui users add --file /no/such/file.csv"
    })
    void shouldNotStartWhenAnybodyCouldActOrNobodyLogIn(String users, String host, String url, String expected) {
        AlertingConfig config = AlertingConfig.of(Settings.empty()
                .with("alerting.console.users", users)
                .with("alerting.http.host", host)
                .with("alerting.public.url", url));

        assertThatThrownBy(() -> config.access().open(config.http(), InstantSource.system()))
                .isInstanceOf(StartException.class)
                .hasMessageContaining(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "alerting.openid.client.id          | ''             | alerting.openid.client.id",
                "alerting.openid.client.secret      | ''             | alerting.openid.client.secret.file",
                "alerting.openid.roles              | ''             | alerting.openid.roles",
                "alerting.openid.roles              | duty=king      | no such role: king",
                "alerting.openid.roles              | duty           | value=role",
                "alerting.openid.issuer             | http://sso.example.cn | https",
                "alerting.openid.issuer             | sso            | https",
                "alerting.public.url                | ''             | alerting.public.url",
                "alerting.openid.client.secret.file | /no/such/file  | /no/such/file"
            })
    void shouldSayWhatSingleSignOnLacks(String key, String value, String expected) {
        AlertingConfig config = AlertingConfig.of(Settings.empty()
                .with("alerting.public.url", "https://duty.example.cn")
                .with("alerting.openid.issuer", "https://sso.example.cn")
                .with("alerting.openid.client.id", "fengsui")
                .with("alerting.openid.client.secret", key.endsWith("file") ? "" : "s")
                .with("alerting.openid.roles", "duty=viewer")
                .with(key, value));

        assertThatThrownBy(() -> config.access().open(config.http(), InstantSource.system()))
                .isInstanceOf(StartException.class)
                .hasMessageContaining(expected);
    }

    @Test
    void shouldDoWithoutLogInOnOnesOwnMachineWhenThatIsSaid() {
        AlertingConfig config = AlertingConfig.of(Settings.empty().with("alerting.console.users", "none"));

        assertThat(config.access().open(config.http(), InstantSource.system()).open())
                .isTrue();
    }

    @Test
    void shouldPassTheTlsOfTheRegistryThrough() {
        AlertingConfig config =
                AlertingConfig.of(Settings.empty().with("schema.registry.ssl.truststore.location", "/t"));

        assertThat(config.registry()).containsEntry("schema.registry.ssl.truststore.location", "/t");
    }

    @Test
    void shouldKeepTheGuaranteeWhateverIsPassedThrough() {
        Map<String, Object> settings = StreamsSettings.of(AlertingConfig.of(Settings.empty()
                .with("alerting.kafka.processing.guarantee", "at_least_once")
                .with("alerting.kafka.main.consumer.session.timeout.ms", "20000")
                .with("alerting.group.instance.id", "one")));

        assertThat(settings)
                .containsEntry(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2)
                .containsEntry("main.consumer.session.timeout.ms", "20000")
                .containsEntry(StreamsConfig.mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), "one");
    }
}
