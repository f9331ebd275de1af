package io.fengsui.alerting.access;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How long who has failed to log in must wait before he may try again. It grows with each failure, by user, by address, and
 * by both together, and is forgotten an hour after the last failure.
 *
 * <p>That of a user from anywhere stays short: otherwise whoever knows an officer's name could keep him out. NIST SP 800-63B-4,
 * 3.2.2, asks for a limit on failures for one account; it stands on all addresses together here. Safe for use by many threads.
 */
public final class LoginThrottle {

    /** @param free failures without a wait; the waits after them are 1 s, 2 s, 4 s and so on, up to the longest */
    private record Rule(int free, Duration longest) {}

    private static final Rule OF_USER = new Rule(10, Duration.ofSeconds(30));
    private static final Rule OF_ADDRESS = new Rule(20, Duration.ofMinutes(5));
    private static final Rule OF_BOTH = new Rule(3, Duration.ofMinutes(15));
    /** Who logs in elsewhere leaves no name before he comes back, and a whole duty room may share an address. */
    private static final Rule OF_SINGLE_SIGN_ON = new Rule(100, Duration.ofMinutes(1));

    /** In place of a user's name; no user is called so. */
    private static final String SINGLE_SIGN_ON = "\0single-sign-on";

    private static final Duration FORGOTTEN = Duration.ofHours(1);
    /** Who tries more names than this makes the oldest forgotten, and is stopped by his address. */
    private static final int MOST_KEPT = 10_000;

    private record Key(String user, String address) {}

    private record Failures(int count, Instant last) {}

    private final Map<Key, Failures> failures = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Failures> eldest) {
            return size() > MOST_KEPT;
        }
    };

    /**
     * Asks to try, which counts as a failure until {@link #succeeded}: of many attempts at once, only so many are let through.
     *
     * @return how long to wait instead; zero: go on
     */
    public synchronized Duration attempt(String user, String address, Instant now) {
        Duration wait = longest(
                wait(new Key(user, address), OF_BOTH, now),
                longest(wait(new Key(user, ""), OF_USER, now), wait(new Key("", address), OF_ADDRESS, now)));
        if (wait.isZero()) {
            for (Key key : keys(user, address)) {
                Failures before = recent(key, now);
                failures.put(key, new Failures(before.count() + 1, now));
            }
        }
        return wait;
    }

    /** The password was right: what this user failed from this address is forgotten, and the attempt is no failure. */
    public synchronized void succeeded(String user, String address, Instant now) {
        failures.remove(new Key(user, address));
        lessen(new Key(user, ""), 1, now);
        lessen(new Key("", address), 1, now);
    }

    /** Nobody looked at the password: the attempt is no failure. */
    public synchronized void withdraw(String user, String address, Instant now) {
        keys(user, address).forEach(key -> lessen(key, 1, now));
    }

    /** As {@link #attempt} for a way to a provider of single sign-on, or back from it. */
    public synchronized Duration attemptElsewhere(String address, Instant now) {
        Key key = new Key(SINGLE_SIGN_ON, address);
        Duration wait = wait(key, OF_SINGLE_SIGN_ON, now);
        if (wait.isZero()) {
            failures.put(key, new Failures(recent(key, now).count() + 1, now));
        }
        return wait;
    }

    /** The provider knew him: neither the way there nor the way back was a failure. */
    public synchronized void succeededElsewhere(String address, Instant now) {
        lessen(new Key(SINGLE_SIGN_ON, address), 2, now);
    }

    private void lessen(Key key, int by, Instant now) {
        Failures before = recent(key, now);
        failures.put(key, new Failures(Math.max(0, before.count() - by), before.last()));
    }

    private Duration wait(Key key, Rule rule, Instant now) {
        Failures known = recent(key, now);
        int beyond = known.count() - rule.free();
        if (beyond < 0 || known.count() == 0) {
            return Duration.ZERO;
        }
        Duration pause = Duration.ofSeconds(1L << Math.min(beyond, 20));
        Instant until = known.last().plus(pause.compareTo(rule.longest()) < 0 ? pause : rule.longest());
        return now.isBefore(until) ? Duration.between(now, until) : Duration.ZERO;
    }

    private Failures recent(Key key, Instant now) {
        Failures known = failures.get(key);
        return known == null || known.last().plus(FORGOTTEN).isBefore(now) ? new Failures(0, now) : known;
    }

    private static List<Key> keys(String user, String address) {
        return List.of(new Key(user, address), new Key(user, ""), new Key("", address));
    }

    private static Duration longest(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
