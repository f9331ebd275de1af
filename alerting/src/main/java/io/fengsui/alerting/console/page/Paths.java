package io.fengsui.alerting.console.page;

import io.fengsui.schema.topic.Realm;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** Addresses of the console's pages. */
public final class Paths {

    private Paths() {}

    public static String board(Realm realm) {
        return realm == Realm.LIVE ? "/" : "/drill";
    }

    public static String map(Realm realm) {
        return realm == Realm.LIVE ? "/map" : "/map/drill";
    }

    public static String alert(Realm realm, String alertId) {
        return "/alerts/" + code(realm) + "/" + encode(alertId).replace("%2F", "/");
    }

    public static String incident(Realm realm, String incidentId) {
        return "/incidents/" + code(realm) + "/" + encode(incidentId);
    }

    /** Name of a realm in addresses and events. */
    public static String code(Realm realm) {
        return realm.name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Realm> realm(String code) {
        for (Realm realm : Realm.values()) {
            if (code(realm).equals(code)) {
                return Optional.of(realm);
            }
        }
        return Optional.empty();
    }

    /** A text for a path or a query. */
    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
