package io.fengsui.ingest.decode;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** A payload. The bytes are shared, not copied: nobody may change them. */
public final class Body {
    private static final int HASH_BYTES = 16;

    /** A digest of topic and payload, to which nothing is added: it is cloned. */
    private record Begun(String topic, MessageDigest digest) {}

    private final byte[] bytes;

    /** Kept for the events of one message, which would each read the whole payload again; found anew if two threads ask. */
    private @Nullable Begun begun;

    public Body(byte[] bytes) {
        this.bytes = bytes;
    }

    public byte[] bytes() {
        return bytes;
    }

    public int size() {
        return bytes.length;
    }

    /**
     * First 128 bits of the SHA-256 of topic and payload, 32 hex digits.
     *
     * @param part tells events of one message apart; null for a message that is one event
     */
    public String hash(String topic, @Nullable String part) {
        MessageDigest digest = part == null ? begin(topic) : begun(topic);
        if (part != null) {
            digest.update((byte) 0);
            digest.update(part.getBytes(StandardCharsets.UTF_8));
        }
        return HexFormat.of().formatHex(Arrays.copyOf(digest.digest(), HASH_BYTES));
    }

    private MessageDigest begun(String topic) {
        Begun former = begun;
        if (former == null || !former.topic().equals(topic)) {
            former = new Begun(topic, begin(topic));
            begun = former;
        }
        try {
            return (MessageDigest) former.digest().clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the JDK's SHA-256 can be cloned", e);
        }
    }

    private MessageDigest begin(String topic) {
        MessageDigest digest = digest();
        digest.update(topic.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        digest.update(bytes);
        return digest;
    }

    /** SHA-256 of the payload alone, 64 hex digits, as {@code sha256sum} tells it. */
    public String sha256() {
        return HexFormat.of().formatHex(digest().digest(bytes));
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
