package io.fengsui.standalone.bridge;

import io.fengsui.standalone.ExternalApp;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** What a bridge says of its slots. */
final class BridgeHealth {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private BridgeHealth() {}

    static boolean holds(ExternalApp bridge, String slot) throws Exception {
        return !details(bridge).contains("\"" + slot + "\":\"not held");
    }

    static boolean serves(ExternalApp bridge, String slot) throws Exception {
        return details(bridge).contains("\"" + slot + "\":\"SUBSCRIBED");
    }

    static String details(ExternalApp bridge) throws Exception {
        return get(bridge.readiness()).replace("\" : \"", "\":\"").replace("\": \"", "\":\"");
    }

    static String get(URI uri) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(5)).build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
}
