package io.fengsui.alerting.openid;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.AuthenticationResponse;
import com.nimbusds.openid.connect.sdk.AuthenticationResponseParser;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import io.fengsui.alerting.access.User;
import io.fengsui.alerting.openid.OpenIdException.Reason;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The code flow of OpenID Connect Core 1.0, section 3.1, with PKCE (RFC 7636), state and nonce. The provider's description and
 * keys are asked for when the first user comes: a console must start when the provider is away. Safe for use by many threads.
 */
public final class OpenId {
    /** OpenID Connect Core 1.0, section 2: what a provider signs with unless something else was agreed on. */
    private static final JWSAlgorithm SIGNED_WITH = JWSAlgorithm.RS256;

    private static final int TIMEOUT_MILLIS = 5_000;
    private static final int LARGEST_BYTES = 256 * 1024;
    private static final Duration FLOW = Duration.ofMinutes(10);
    private static final Duration DESCRIPTION = Duration.ofHours(1);
    private static final int MOST_FLOWS = 10_000;
    /** So many wait for the provider at a time: one that hangs must not take the console's threads. */
    private static final int AT_ONCE = 8;

    private static final long PATIENCE_MILLIS = 1_000;
    /** After it did not answer. */
    private static final Duration REST = Duration.ofSeconds(5);

    /** A log-in under way. */
    private record Flow(CodeVerifier verifier, Nonce nonce, String browser, String next, Instant begun) {}

    /** The provider as it describes itself. */
    private record Provider(OIDCProviderMetadata metadata, IDTokenValidator validator, Instant read) {
        boolean isFresh(Instant now) {
            return !read.plus(DESCRIPTION).isBefore(now);
        }
    }

    /** Who has logged in, and where he wanted to go. */
    public record Arrival(User user, String next) {}

    private final OpenIdSettings settings;
    private final InstantSource clock;
    private final ClientID client;
    private final Map<String, Flow> flows = new LinkedHashMap<>();
    private final Semaphore talks = new Semaphore(AT_ONCE, true);
    private final Semaphore asking = new Semaphore(1, true);
    private volatile @Nullable Provider provider;
    private volatile Instant restsUntil = Instant.MIN;

    public OpenId(OpenIdSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        this.client = new ClientID(settings.clientId());
    }

    /**
     * Begins a log-in.
     *
     * @param browser a secret of the browser, which must bring it back
     * @param next where to go after the log-in
     * @return where to send the browser
     */
    public URI begin(String browser, String next) throws OpenIdException {
        OIDCProviderMetadata metadata = provider().metadata();
        State state = new State();
        Flow flow = new Flow(new CodeVerifier(), new Nonce(), browser, next, clock.instant());
        Scope scope = new Scope("openid");
        settings.scopes().forEach(scope::add);
        AuthenticationRequest request = new AuthenticationRequest.Builder(
                        ResponseType.CODE, scope, client, settings.redirect())
                .endpointURI(metadata.getAuthorizationEndpointURI())
                .state(state)
                .nonce(flow.nonce())
                .codeChallenge(flow.verifier(), CodeChallengeMethod.S256)
                .build();
        synchronized (flows) {
            Instant forgotten = flow.begun().minus(FLOW);
            flows.values().removeIf(other -> other.begun().isBefore(forgotten));
            if (flows.size() >= MOST_FLOWS) {
                flows.remove(flows.keySet().iterator().next());
            }
            flows.put(state.getValue(), flow);
        }
        return request.toURI();
    }

    /**
     * Ends a log-in: takes the provider's answer that a browser brings.
     *
     * @param answer query of the request, as the provider made it
     * @param browser the secret that the browser brings back
     */
    public Arrival end(String answer, String browser) throws OpenIdException {
        AuthenticationResponse response;
        try {
            response = AuthenticationResponseParser.parse(URI.create(settings.redirect() + "?" + answer));
        } catch (ParseException | IllegalArgumentException e) {
            throw new OpenIdException(Reason.UNTRUSTED, e);
        }
        Flow flow = flow(response.getState(), browser);
        if (!response.indicatesSuccess()) {
            throw new OpenIdException(
                    Reason.DENIED,
                    String.valueOf(response.toErrorResponse().getErrorObject().getCode()));
        }
        if (response.getIssuer() != null
                && !response.getIssuer().getValue().equals(settings.issuer().toString())) {
            throw new OpenIdException(Reason.UNTRUSTED, "answer of another provider (RFC 9207)");
        }
        Provider known = provider();
        if (!acquired(talks)) {
            throw new OpenIdException(Reason.UNREACHABLE, "others wait for the provider's answer");
        }
        try {
            OIDCTokenResponse tokens = tokens(known, response, flow);
            IDTokenClaimsSet claims =
                    known.validator().validate(tokens.getOIDCTokens().getIDToken(), flow.nonce());
            return new Arrival(ClaimedUser.of(claims.toJWTClaimsSet().getClaims(), settings), flow.next());
        } catch (BadJOSEException | JOSEException | ParseException e) {
            throw new OpenIdException(Reason.UNTRUSTED, e);
        } finally {
            talks.release();
        }
    }

    /** Each state is good once, and for the browser that it was made for. */
    private Flow flow(@Nullable State state, String browser) throws OpenIdException {
        Flow flow;
        synchronized (flows) {
            flow = state == null ? null : flows.get(state.getValue());
            if (state != null && flow != null && flow.browser().equals(browser)) {
                flows.remove(state.getValue());
            }
        }
        if (flow == null
                || !flow.browser().equals(browser)
                || flow.begun().plus(FLOW).isBefore(clock.instant())) {
            throw new OpenIdException(Reason.EXPIRED, "no log-in of this browser waits for the answer");
        }
        return flow;
    }

    private OIDCTokenResponse tokens(Provider known, AuthenticationResponse response, Flow flow)
            throws OpenIdException {
        try {
            HTTPRequest request = new TokenRequest.Builder(
                            known.metadata().getTokenEndpointURI(),
                            new ClientSecretBasic(client, new Secret(settings.clientSecret())),
                            new AuthorizationCodeGrant(
                                    response.toSuccessResponse().getAuthorizationCode(),
                                    settings.redirect(),
                                    flow.verifier()))
                    .build()
                    .toHTTPRequest();
            request.setConnectTimeout(TIMEOUT_MILLIS);
            request.setReadTimeout(TIMEOUT_MILLIS);
            request.setFollowRedirects(false);
            TokenResponse answer = OIDCTokenResponseParser.parse(request.send());
            if (!answer.indicatesSuccess()) {
                throw new OpenIdException(
                        Reason.DENIED,
                        String.valueOf(answer.toErrorResponse().getErrorObject().getCode()));
            }
            return (OIDCTokenResponse) answer.toSuccessResponse();
        } catch (IOException e) {
            throw new OpenIdException(Reason.UNREACHABLE, e);
        } catch (ParseException e) {
            throw new OpenIdException(Reason.UNTRUSTED, e);
        }
    }

    /** As it described itself an hour ago at most, or last, if it does not answer now. One asks it, others wait a moment. */
    private Provider provider() throws OpenIdException {
        Instant now = clock.instant();
        Provider known = provider;
        if (known != null && known.isFresh(now)) {
            return known;
        }
        if (now.isBefore(restsUntil) || !acquired(asking)) {
            return known(known, null);
        }
        try {
            known = provider;
            if (known != null && known.isFresh(now)) {
                return known;
            }
            Provider read = read(now);
            provider = read;
            return read;
        } catch (IOException | GeneralException e) {
            restsUntil = clock.instant().plus(REST);
            return known(known, e);
        } finally {
            asking.release();
        }
    }

    private static Provider known(@Nullable Provider known, @Nullable Exception failure) throws OpenIdException {
        if (known != null) {
            return known;
        }
        throw failure == null
                ? new OpenIdException(Reason.UNREACHABLE, "it did not answer a moment ago, or is being asked")
                : new OpenIdException(Reason.UNREACHABLE, failure);
    }

    private Provider read(Instant now) throws IOException, GeneralException {
        Issuer issuer = new Issuer(settings.issuer());
        OIDCProviderMetadata metadata = OIDCProviderMetadata.resolve(issuer, TIMEOUT_MILLIS, TIMEOUT_MILLIS);
        return new Provider(
                metadata,
                new IDTokenValidator(
                        issuer,
                        client,
                        SIGNED_WITH,
                        metadata.getJWKSetURI().toURL(),
                        new DefaultResourceRetriever(TIMEOUT_MILLIS, TIMEOUT_MILLIS, LARGEST_BYTES)),
                now);
    }

    private static boolean acquired(Semaphore some) {
        try {
            return some.tryAcquire(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
