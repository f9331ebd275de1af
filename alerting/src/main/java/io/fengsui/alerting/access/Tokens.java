package io.fengsui.alerting.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Random texts that open something: sessions, forms, the API. What is kept of a bearer token is its SHA-256: with 256 random
 * bits there is nothing to guess, so that a slow hash would only cost time at each request.
 */
public final class Tokens {
    private static final String MARK = "fengsui_";
    private static final int BYTES = 32;
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    private Tokens() {}

    /** For sessions and forms. */
    public static String random() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** A new bearer token; its beginning tells scanners of repositories and logs what they have found. */
    public static String bearer() {
        return MARK + random();
    }

    public static String hash(String token) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    static boolean isHash(String text) {
        return HASH.matcher(text).matches();
    }

    /** Takes as long wherever they differ. */
    static boolean equal(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
