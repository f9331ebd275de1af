package io.fengsui.alerting.notify.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What proves to a receiver that a message is ours and of now: HMAC-SHA-256 (RFC 2104) with a shared secret over the time in
 * seconds, a full stop and the body. Says nothing of its secret in words.
 */
public final class Signature {
    static final String HEADER = "Fengsui-Signature";
    private static final String ALGORITHM = "HmacSHA256";

    /** Shorter ones can be guessed: 128 bits in hexadecimal are 32 characters. */
    public static final int SHORTEST_SECRET = 32;

    private final SecretKeySpec key;

    /** @param secret at least {@value #SHORTEST_SECRET} characters, used as UTF-8 */
    public Signature(String secret) {
        this.key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
    }

    /** Value of the header. */
    String of(Instant time, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update((time.getEpochSecond() + ".").getBytes(StandardCharsets.UTF_8));
            return "t=" + time.getEpochSecond() + ",v1=" + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    @Override
    public String toString() {
        return "Signature[hidden]";
    }
}
