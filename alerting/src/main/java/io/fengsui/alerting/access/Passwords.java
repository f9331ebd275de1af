package io.fengsui.alerting.access;

import at.favre.lib.crypto.bcrypt.BCrypt;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Passwords as bcrypt hashes; for any thread. */
public final class Passwords {

    /**
     * Doublings of work: what OWASP's Password Storage Cheat Sheet asks of bcrypt at least, 80 ms here. More of it would let
     * whoever floods the log-in page take the processor from the alerts.
     */
    static final int COST = 10;

    /** NIST SP 800-63B-4, 3.1.1.2: 15 characters where the password is all there is, at least 8 otherwise; a duty room's middle. */
    static final int SHORTEST = 12;

    /** What bcrypt looks at; longer ones would be cut. */
    static final int LONGEST_BYTES = 72;

    private static final int RANDOM_BYTES = 12;
    private static final Pattern HASH = Pattern.compile("\\$2[aby]\\$1[0-6]\\$[./A-Za-z0-9]{53}");

    /**
     * A hash of what nobody knows: who gives a name that does not exist waits as long as who gives a wrong
     * password.
     */
    private static final String NOBODY = BCrypt.withDefaults().hashToString(COST, random().toCharArray());

    private Passwords() {}

    /** What is wrong with a new password; nothing if it is fit. */
    public static Optional<String> problem(String password) {
        if (password.codePointCount(0, password.length()) < SHORTEST) {
            return Optional.of("a password has at least " + SHORTEST + " characters");
        }
        if (password.getBytes(StandardCharsets.UTF_8).length > LONGEST_BYTES) {
            return Optional.of("a password has at most " + LONGEST_BYTES + " bytes in UTF-8");
        }
        return Optional.empty();
    }

    public static String hash(String password) {
        return BCrypt.withDefaults().hashToString(COST, password.toCharArray());
    }

    /** Takes as long when there is no hash, or the password is too long to be one. */
    public static boolean match(@Nullable String hash, String password) {
        boolean possible = hash != null && password.getBytes(StandardCharsets.UTF_8).length <= LONGEST_BYTES;
        char[] asked = possible ? password.toCharArray() : new char[] {'-'};
        String against = hash != null && possible ? hash : NOBODY;
        return BCrypt.verifyer().verify(asked, against).verified && possible;
    }

    static boolean isHash(String text) {
        return HASH.matcher(text).matches();
    }

    /** A password to be written down once. */
    public static String random() {
        byte[] bytes = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
