package io.fengsui.alerting.console;

import io.fengsui.alerting.console.page.Frame.Assets;
import io.fengsui.platform.StartException;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * Style, scripts and icon, from the class path only. The address of each names its content, so that browsers keep it for a
 * year and never have an old one.
 */
final class AssetFiles {
    /** Versions as managed in the root POM; a test fails when they part. */
    private static final String HTMX = "/META-INF/resources/webjars/htmx.org/2.0.4/dist/htmx.min.js";

    private static final String SSE = "/META-INF/resources/webjars/htmx-ext-sse/2.2.2/sse.js";

    /** Its pictures (layers, default marker) are not served: the map uses none of them. */
    private static final String LEAFLET = "/META-INF/resources/webjars/leaflet/1.9.4/dist/";

    private final Map<String, AssetFile> byName = new HashMap<>();
    private final Assets assets;

    AssetFiles() {
        this.assets = new Assets(
                add("/console/console.css", "console", ".css", "text/css; charset=utf-8"),
                add("/console/console.js", "console", ".js", "text/javascript; charset=utf-8"),
                add(HTMX, "htmx-2.0.4", ".js", "text/javascript; charset=utf-8"),
                add(SSE, "htmx-sse-2.2.2", ".js", "text/javascript; charset=utf-8"),
                add("/console/icon.svg", "icon", ".svg", "image/svg+xml"),
                add("/console/map.js", "map", ".js", "text/javascript; charset=utf-8"),
                add(LEAFLET + "leaflet.js", "leaflet-1.9.4", ".js", "text/javascript; charset=utf-8"),
                add(LEAFLET + "leaflet.css", "leaflet-1.9.4", ".css", "text/css; charset=utf-8"));
    }

    /** Addresses for the pages. */
    Assets addresses() {
        return assets;
    }

    void serve(Context ctx) {
        AssetFile file = byName.get(ctx.pathParam("name"));
        if (file == null) {
            throw new NotFoundResponse();
        }
        ctx.header("Cache-Control", "public, max-age=31536000, immutable")
                .contentType(file.type)
                .result(file.bytes);
    }

    private String add(String resource, String name, String ending, String type) {
        try (InputStream in = AssetFiles.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new StartException(resource + " is not on the class path: the console's jar is incomplete");
            }
            byte[] bytes = in.readAllBytes();
            String served = name + "-" + digest(bytes) + ending;
            byName.put(served, new AssetFile(bytes, type));
            return "/assets/" + served;
        } catch (IOException e) {
            throw new UncheckedIOException(resource + " cannot be read", e);
        }
    }

    private static String digest(byte[] bytes) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(hash, 0, 5);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static final class AssetFile {
        private final byte[] bytes;
        private final String type;

        AssetFile(byte[] bytes, String type) {
            this.bytes = bytes;
            this.type = type;
        }
    }
}
