package io.fengsui.alerting.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** An OpenID Connect provider on a port of its own: it checks client, code and PKCE, and signs its tokens. */
final class TestProvider implements AutoCloseable {
    static final String CLIENT = "fengsui";
    static final String SECRET = "a secret of the provider";

    private final HttpServer server;
    private final RSAKey key = key();
    private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
    /** What it claims of whoever logs in. */
    final Map<String, Object> claims = new HashMap<>(Map.of("preferred_username", "limin", "name", "李敏"));
    /** What it signs with; another one than it publishes is a forger's. */
    RSAKey signer = key;

    /** Takes requests for its description and does not answer. */
    volatile boolean hangs;

    String audience = CLIENT;
    String nonce;
    Instant expires = Instant.now().plusSeconds(300);

    TestProvider() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/.well-known/openid-configuration", exchange -> describe(exchange, """
                {"issuer":"%1$s","authorization_endpoint":"%1$s/authorize","token_endpoint":"%1$s/token",
                "jwks_uri":"%1$s/keys","response_types_supported":["code"],"subject_types_supported":["public"],
                "id_token_signing_alg_values_supported":["RS256"]}""".formatted(issuer())));
        server.createContext("/keys", exchange -> answer(exchange, 200, new JWKSet(key.toPublicJWK()).toString()));
        server.createContext("/token", this::token);
        server.start();
    }

    private void describe(HttpExchange exchange, String description) throws IOException {
        if (!hangs) {
            answer(exchange, 200, description);
        }
    }

    String issuer() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    static RSAKey key() {
        try {
            return new RSAKeyGenerator(2048).keyID("one").generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the provider's page does when a user has logged in there: the query with which the browser comes back. */
    String logIn(URI asked) {
        Map<String, String> parameters = parameters(asked.getRawQuery());
        String code = UUID.randomUUID().toString();
        codes.put(code, parameters);
        return "code=" + code + "&state=" + parameters.get("state");
    }

    private void token(HttpExchange exchange) throws IOException {
        Map<String, String> form =
                parameters(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
        Map<String, String> asked = codes.remove(form.getOrDefault("code", ""));
        String expected = "Basic "
                + Base64.getEncoder().encodeToString((CLIENT + ":" + SECRET.replace(" ", "+")).getBytes(UTF_8));
        boolean client = expected.equals(exchange.getRequestHeaders().getFirst("Authorization"));
        if (asked == null
                || !client
                || !asked.get("code_challenge_method").equals("S256")
                || !asked.get("code_challenge").equals(challenge(form.getOrDefault("code_verifier", "")))
                || !asked.get("redirect_uri").equals(form.get("redirect_uri"))) {
            answer(exchange, 400, "{\"error\":\"invalid_grant\"}");
            return;
        }
        answer(exchange, 200, """
                {"access_token":"a","token_type":"Bearer","id_token":"%s"}""".formatted(sign(asked)));
    }

    private String sign(Map<String, String> asked) {
        JWTClaimsSet.Builder token = new JWTClaimsSet.Builder()
                .issuer(issuer())
                .subject("u-1")
                .audience(audience)
                .issueTime(Date.from(Instant.now()))
                .expirationTime(Date.from(expires))
                .claim("nonce", nonce == null ? asked.get("nonce") : nonce);
        claims.forEach(token::claim);
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("one").build(), token.build());
        try {
            jwt.sign(new RSASSASigner(signer));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return jwt.serialize();
    }

    private static String challenge(String verifier) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> parameters(String query) {
        return Arrays.stream(query.split("&"))
                .map(pair -> List.of(pair.split("=", 2)))
                .collect(Collectors.toMap(pair -> pair.get(0), pair -> URLDecoder.decode(pair.get(1), UTF_8)));
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
