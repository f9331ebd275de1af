package io.fengsui.alerting.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.alerting.access.LoginThrottle;
import io.fengsui.alerting.access.Role;
import io.fengsui.alerting.access.Sessions;
import io.fengsui.alerting.openid.OpenId;
import io.fengsui.alerting.openid.OpenIdSettings;
import io.fengsui.ops.AuditEntry;
import io.fengsui.ops.AuditOutcome;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Log-in by OpenID Connect, against a provider that speaks HTTP and signs. */
class OpenIdTest {
    private TestProvider provider;
    private TestConsole console;
    private volatile Duration ahead = Duration.ZERO;

    @BeforeEach
    void start() throws Exception {
        provider = new TestProvider();
        Map<String, Role> roles = new LinkedHashMap<>();
        roles.put("duty-city", Role.CITY_DUTY_OFFICER);
        roles.put("duty-town", Role.UNIT_OFFICER);
        OpenIdSettings settings = new OpenIdSettings(
                URI.create(provider.issuer()),
                TestProvider.CLIENT,
                TestProvider.SECRET,
                URI.create("https://duty.example.cn/openid/callback"),
                List.of("profile"),
                "groups",
                roles,
                "org",
                Map.of("320583001", "zhangpu"));
        InstantSource clock = () -> Instant.now().plus(ahead);
        console = new TestConsole(
                0,
                new Access(
                        Optional.empty(),
                        Optional.of(new OpenId(settings, clock)),
                        false,
                        false,
                        Set.of(),
                        new Sessions(Duration.ofMinutes(30), Duration.ofHours(12)),
                        new LoginThrottle()));
        provider.claims.put("groups", List.of("staff", "duty-town"));
        provider.claims.put("org", "320583001");
    }

    @AfterEach
    void stop() {
        console.close();
        provider.close();
    }

    /** A browser on its way to the provider. */
    private record Trip(String cookie, URI asked) {}

    private Trip begin() throws Exception {
        HttpResponse<String> answer = console.get("/openid?next=/feeds");
        assertThat(answer.statusCode()).isEqualTo(303);
        String cookie = answer.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(cookie).contains("HttpOnly", "SameSite=Lax", "Path=/openid");
        return new Trip(
                cookie.substring(0, cookie.indexOf(';')),
                URI.create(answer.headers().firstValue("Location").orElseThrow()));
    }

    private HttpResponse<String> end(Trip trip, String answer) throws Exception {
        return console.get("/openid/callback?" + answer, "Cookie", trip.cookie());
    }

    @Test
    void shouldLogInWithTheRoleAndUnitThatTheProviderClaims() throws Exception {
        assertThat(console.get("/login").body()).contains("统一身份认证").doesNotContain("type=\"password\"");
        Trip trip = begin();
        assertThat(trip.asked().getQuery().replace('+', ' '))
                .contains(
                        "response_type=code", "code_challenge_method=S256", "nonce=", "state=", "scope=openid profile")
                .doesNotContain(TestProvider.SECRET);
        HttpResponse<String> answer = end(trip, provider.logIn(trip.asked()));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("url=/feeds");
        String session = answer.headers().allValues("Set-Cookie").stream()
                .filter(cookie -> cookie.startsWith("fengsui-session="))
                .findFirst()
                .orElseThrow();
        assertThat(console.get("/feeds", "Cookie", session.substring(0, session.indexOf(';')))
                        .body())
                .contains("李敏", "退出");
        assertThat(console.trail.entries).singleElement().satisfies(entry -> {
            assertThat(entry.getUser()).isEqualTo("limin");
            assertThat(entry.getRole()).isEqualTo("unit-officer");
            assertThat(entry.getUnit()).isEqualTo("zhangpu");
            assertThat(entry.getVia()).isEqualTo("OPENID");
            assertThat(entry.getOutcome()).isEqualTo(AuditOutcome.DONE);
        });
    }

    @Test
    void shouldTakeTheFirstOfSeveralRoles() throws Exception {
        provider.claims.put("groups", List.of("duty-town", "duty-city"));
        Trip trip = begin();
        end(trip, provider.logIn(trip.asked()));

        assertThat(console.trail.entries.get(0).getRole()).isEqualTo("city-duty-officer");
        assertThat(console.trail.entries.get(0).getUnit()).isNull();
    }

    @Test
    void shouldLetNobodyInWithoutARoleOrAnOfficerWithoutAUnit() throws Exception {
        provider.claims.put("groups", "staff");
        refused("NO_ROLE");
        provider.claims.put("groups", List.of("duty-town"));
        provider.claims.remove("org");
        refused("NO_ROLE");
    }

    @Test
    void shouldRefuseTokensThatAreNotSignedOrMadeForThisLogIn() throws Exception {
        provider.nonce = "another nonce";
        refused("UNTRUSTED");
        provider.nonce = null;
        provider.audience = "another program";
        refused("UNTRUSTED");
        provider.audience = TestProvider.CLIENT;
        provider.expires = Instant.now().minusSeconds(300);
        refused("UNTRUSTED");
        provider.expires = Instant.now().plusSeconds(300);
        provider.claims.put("iss", "https://evil.example");
        refused("UNTRUSTED");
        provider.claims.remove("iss");
        provider.signer = TestProvider.key();
        refused("UNTRUSTED");
    }

    @Test
    void shouldRefuseAnAnswerThatCameBeforeOrToAnotherBrowserOrTooLate() throws Exception {
        Trip trip = begin();
        String answer = provider.logIn(trip.asked());
        assertThat(end(begin(), answer).statusCode()).as("another browser").isEqualTo(401);
        assertThat(end(trip, answer).statusCode()).isEqualTo(200);
        assertThat(end(trip, answer).statusCode()).as("replayed").isEqualTo(401);
        assertThat(end(trip, "code=x&state=made-up").statusCode()).isEqualTo(401);
        assertThat(end(trip, "").statusCode()).isEqualTo(401);

        Trip late = begin();
        String lateAnswer = provider.logIn(late.asked());
        ahead = Duration.ofMinutes(11);
        assertThat(end(late, lateAnswer).statusCode()).isEqualTo(401);
        assertThat(console.trail.entries)
                .filteredOn(entry -> entry.getOutcome() == AuditOutcome.DONE)
                .hasSize(1);
    }

    @Test
    void shouldRefuseACodeThatWasChangedOnTheWayAndANo() throws Exception {
        Trip trip = begin();
        String state = provider.logIn(trip.asked()).replaceFirst(".*&", "");
        assertThat(end(trip, "code=guessed&" + state).body()).contains("统一身份认证没有完成");
        Trip other = begin();
        String denied = provider.logIn(other.asked()).replaceFirst("code=[^&]*", "error=access_denied");
        assertThat(end(other, denied).statusCode()).isEqualTo(401);
        assertThat(console.trail.entries).extracting(AuditEntry::getReason).containsExactly("DENIED", "DENIED");
    }

    @Test
    void shouldSayThatTheProviderDoesNotAnswer() throws Exception {
        provider.close();

        HttpResponse<String> answer = console.get("/openid?next=//evil.example");
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("身份认证服务没有应答").doesNotContain("evil");
    }

    /** More than the console has threads: whoever comes with a password must still get in. */
    @Test
    void shouldServeOthersWhileTheProviderHangs() throws Exception {
        provider.hangs = true;
        HttpClient http = HttpClient.newHttpClient();
        List<CompletableFuture<HttpResponse<Void>>> waiting = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            HttpRequest request = HttpRequest.newBuilder(console.uri("/openid")).build();
            waiting.add(http.sendAsync(request, HttpResponse.BodyHandlers.discarding()));
        }

        assertThat(http.sendAsync(
                                HttpRequest.newBuilder(console.uri("/login")).build(),
                                HttpResponse.BodyHandlers.discarding())
                        .get(5, TimeUnit.SECONDS)
                        .statusCode())
                .isEqualTo(200);
        for (CompletableFuture<HttpResponse<Void>> answer : waiting) {
            assertThat(answer.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(401);
        }
        provider.hangs = false;
        ahead = Duration.ofSeconds(6);
        assertThat(console.get("/openid").statusCode())
                .as("it was left alone for 5 s")
                .isEqualTo(303);
    }

    @Test
    void shouldMakeWhoComesAgainAndAgainWaitAndWriteNoMoreOfHimDown() throws Exception {
        for (int i = 0; i < 100; i++) {
            assertThat(console.get("/openid/callback?error=access_denied&state=x")
                            .statusCode())
                    .isEqualTo(401);
        }
        for (String path : List.of("/openid/callback?error=access_denied&state=x", "/openid")) {
            HttpResponse<String> answer = console.get(path);
            assertThat(answer.statusCode()).isEqualTo(429);
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            assertThat(answer.body()).contains("尝试次数过多");
        }
        assertThat(console.trail.entries).hasSize(100);
    }

    private void refused(String reason) throws Exception {
        Trip trip = begin();
        HttpResponse<String> answer = end(trip, provider.logIn(trip.asked()));

        assertThat(answer.statusCode()).as(reason).isEqualTo(401);
        assertThat(answer.headers().allValues("Set-Cookie")).noneMatch(cookie -> cookie.startsWith("fengsui-session="));
        AuditEntry last = console.trail.entries.get(console.trail.entries.size() - 1);
        assertThat(last.getOutcome()).isEqualTo(AuditOutcome.REFUSED);
        assertThat(last.getReason()).isEqualTo(reason);
        assertThat(last.getUser()).isNull();
    }
}
