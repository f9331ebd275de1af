package io.fengsui.alerting;

import static org.apache.kafka.common.config.ConfigDef.Range.between;

import io.fengsui.alerting.access.LoginThrottle;
import io.fengsui.alerting.access.Sessions;
import io.fengsui.alerting.access.UserDirectory;
import io.fengsui.alerting.console.Access;
import io.fengsui.alerting.openid.OpenId;
import io.fengsui.platform.StartException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;

/**
 * Settings of who may use the console.
 *
 * @param users path of the users file; {@link #NONE}: no log-in; empty: not said, which stops the start
 * @param proxies addresses of proxies that tell where a request came from
 * @param openId single sign-on; switched off without an issuer
 */
public record AccessConfig(String users, Duration idle, Duration absolute, List<String> proxies, OpenIdConfig openId) {

    /** Path of the users file. */
    public static final String USERS = "alerting.console.users";

    /** No log-in, on one's own machine. */
    public static final String NONE = "none";

    private static final String IDLE = "alerting.console.session.idle.ms";
    private static final String ABSOLUTE = "alerting.console.session.absolute.ms";
    private static final String PROXIES = "alerting.http.proxies";
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "::1", "[::1]");

    static void define(ConfigDef settings) {
        settings.define(
                        USERS,
                        Type.STRING,
                        "",
                        Importance.HIGH,
                        "File of those who may use the console; 'fengsui users' keeps it, a change counts within a second."
                                + " 'none': no log-in, allowed on a loopback address only.")
                .define(
                        IDLE,
                        Type.LONG,
                        1_800_000L,
                        between(60_000, 86_400_000),
                        Importance.LOW,
                        "Milliseconds without an act after which a session only looks, until its user logs in again.")
                .define(
                        ABSOLUTE,
                        Type.LONG,
                        43_200_000L,
                        between(300_000, 604_800_000),
                        Importance.LOW,
                        "Milliseconds after which a session ends; a shift of 12 hours.")
                .define(
                        PROXIES,
                        Type.LIST,
                        "",
                        Importance.LOW,
                        "Addresses of proxies in front of the console, whose X-Forwarded-For is believed,"
                                + " comma-separated. Behind one it must be set, or all who log in count as one address.");
        OpenIdConfig.define(settings);
    }

    static AccessConfig of(AbstractConfig parsed) {
        return new AccessConfig(
                parsed.getString(USERS).strip(),
                Duration.ofMillis(parsed.getLong(IDLE)),
                Duration.ofMillis(parsed.getLong(ABSOLUTE)),
                List.copyOf(parsed.getList(PROXIES)),
                OpenIdConfig.of(parsed));
    }

    /**
     * Reads the users.
     *
     * @throws StartException if nobody could log in, or anybody could act
     */
    Access open(AlertingConfig.Http http, InstantSource clock) {
        Optional<OpenId> singleSignOn = openId.settings(http.publicUrl()).map(settings -> new OpenId(settings, clock));
        boolean open = users.equals(NONE) && singleSignOn.isEmpty();
        if (open && !(LOOPBACK.contains(http.host()) && http.publicUrl().isEmpty())) {
            throw new StartException(
                    USERS + "=none: without log-in the console may listen on 127.0.0.1 only, and have no"
                            + " alerting.public.url; name a users file ('fengsui users add --file FILE NAME' makes one)");
        }
        if (users.isEmpty() && singleSignOn.isEmpty()) {
            throw new StartException(
                    USERS + " is not set: name a users file ('fengsui users add --file FILE NAME' makes"
                            + " one), or, on your own machine alone, set it to none");
        }
        return new Access(
                users.isEmpty() || users.equals(NONE)
                        ? Optional.empty()
                        : Optional.of(new UserDirectory(Path.of(users))),
                singleSignOn,
                open,
                http.publicUrl().map(URI::getScheme).filter("https"::equals).isPresent(),
                Set.copyOf(proxies),
                new Sessions(idle, absolute),
                new LoginThrottle());
    }
}
