package io.fengsui.alerting;

import io.fengsui.alerting.access.Role;
import io.fengsui.alerting.openid.OpenIdSettings;
import io.fengsui.platform.StartException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.types.Password;

/**
 * Settings of single sign-on, as they were written.
 *
 * @param issuer empty: there is none
 */
public record OpenIdConfig(
        String issuer,
        String clientId,
        Password secret,
        String secretFile,
        List<String> scopes,
        String roleClaim,
        List<String> roles,
        String unitClaim,
        List<String> units) {

    private static final String ISSUER = "alerting.openid.issuer";
    private static final String CLIENT_ID = "alerting.openid.client.id";
    private static final String SECRET = "alerting.openid.client.secret";
    private static final String SECRET_FILE = "alerting.openid.client.secret.file";
    private static final String SCOPES = "alerting.openid.scopes";
    private static final String ROLE_CLAIM = "alerting.openid.role.claim";
    private static final String ROLES = "alerting.openid.roles";
    private static final String UNIT_CLAIM = "alerting.openid.unit.claim";
    private static final String UNITS = "alerting.openid.units";
    private static final String PUBLIC_URL = "alerting.public.url";

    /** By https; in the clear only to one's own machine. */
    private static final Pattern TRUSTED =
            Pattern.compile("https://[^\\s/?#]+(/[^\\s?#]*)?|http://(127\\.0\\.0\\.1|localhost)(:\\d+)?(/[^\\s?#]*)?");

    static final OpenIdConfig NONE =
            new OpenIdConfig("", "", new Password(""), "", List.of("profile"), "roles", List.of(), "unit", List.of());

    static void define(ConfigDef settings) {
        settings.define(
                        ISSUER,
                        Type.STRING,
                        "",
                        Importance.MEDIUM,
                        "OpenID Connect provider of the city's single sign-on, https://…; its description must be at"
                                + " /.well-known/openid-configuration below. Empty: none. Needs alerting.public.url, and"
                                + " <public url>/openid/callback registered at the provider.")
                .define(CLIENT_ID, Type.STRING, "", Importance.MEDIUM, "Name of the console at the provider.")
                .define(
                        SECRET,
                        Type.PASSWORD,
                        "",
                        Importance.MEDIUM,
                        "Its secret; best given by environment, or by the file below.")
                .define(SECRET_FILE, Type.STRING, "", Importance.MEDIUM, "File that holds the secret.")
                .define(SCOPES, Type.LIST, "profile", Importance.LOW, "Scopes asked for besides openid.")
                .define(
                        ROLE_CLAIM,
                        Type.STRING,
                        "roles",
                        Importance.MEDIUM,
                        "Claim of the ID token with the user's roles or groups.")
                .define(
                        ROLES,
                        Type.LIST,
                        "",
                        Importance.MEDIUM,
                        "What they mean here: value=role, comma-separated; of several the first counts. Who has none gets in"
                                + " nowhere.")
                .define(
                        UNIT_CLAIM,
                        Type.STRING,
                        "unit",
                        Importance.MEDIUM,
                        "Claim with an officer's unit or department.")
                .define(
                        UNITS,
                        Type.LIST,
                        "",
                        Importance.LOW,
                        "What its values mean here: value=unit id, comma-separated; others are ids themselves.");
    }

    static OpenIdConfig of(AbstractConfig parsed) {
        return new OpenIdConfig(
                parsed.getString(ISSUER).strip(),
                parsed.getString(CLIENT_ID).strip(),
                parsed.getPassword(SECRET),
                parsed.getString(SECRET_FILE).strip(),
                List.copyOf(parsed.getList(SCOPES)),
                parsed.getString(ROLE_CLAIM),
                List.copyOf(parsed.getList(ROLES)),
                parsed.getString(UNIT_CLAIM),
                List.copyOf(parsed.getList(UNITS)));
    }

    /**
     * What single sign-on needs; nothing if there is none.
     *
     * @throws StartException that names what is missing or wrong
     */
    Optional<OpenIdSettings> settings(Optional<URI> publicUrl) {
        if (issuer.isEmpty()) {
            return Optional.empty();
        }
        require(TRUSTED.matcher(issuer).matches(), ISSUER + "=" + issuer + ": expected https://host/path");
        require(!clientId.isEmpty(), CLIENT_ID + " is not set: the name of the console at the provider");
        Map<String, Role> meant = new LinkedHashMap<>();
        pairs(ROLES, roles, "role")
                .forEach((value, role) -> meant.put(
                        value,
                        Role.byCode(role)
                                .orElseThrow(() -> new StartException(
                                        ROLES + ": no such role: " + role + "; roles are " + Role.codes()))));
        require(!meant.isEmpty(), ROLES + " is not set: nobody could log in; expected value=role, comma-separated");
        URI base = publicUrl.orElseThrow(() ->
                new StartException(PUBLIC_URL + " is not set: single sign-on must know where to send people back to"));
        return Optional.of(new OpenIdSettings(
                URI.create(issuer),
                clientId,
                clientSecret(),
                URI.create(base + "/openid/callback"),
                scopes,
                roleClaim,
                meant,
                unitClaim,
                pairs(UNITS, units, "unit id")));
    }

    private String clientSecret() {
        if (secretFile.isEmpty()) {
            require(!secret.value().isEmpty(), SECRET + " is not set, nor is " + SECRET_FILE);
            return secret.value();
        }
        try {
            return Files.readString(Path.of(secretFile)).strip();
        } catch (IOException e) {
            throw new StartException(SECRET_FILE + ": " + secretFile + " cannot be read: " + e, e);
        }
    }

    private static Map<String, String> pairs(String key, List<String> entries, String what) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String entry : entries) {
            int sign = entry.lastIndexOf('=');
            require(
                    sign > 0 && sign < entry.length() - 1,
                    key + ": " + entry + ": expected value=" + what + ", comma-separated");
            pairs.put(
                    entry.substring(0, sign).strip(), entry.substring(sign + 1).strip());
        }
        return pairs;
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new StartException(otherwise);
        }
    }
}
