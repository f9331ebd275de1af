package io.fengsui.alerting.console;

import io.fengsui.alerting.board.AlertBoard;
import io.fengsui.alerting.console.page.Situation;
import io.fengsui.schema.topic.Realm;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How the realms stand, looked at once for all who ask meanwhile. In a flood a look at all alerts takes longer than the next
 * change takes to come; whoever asks shares the look that begins after he has asked, and nobody sees what was before that. Safe for
 * use by many threads.
 */
final class Situations {
    /** What only time changes is seen after it: the end of a silence that is explained, and of 24 hours. */
    private static final Duration LONGEST = Duration.ofSeconds(1);

    private record Look(Situation situation, long version, Instant at) {}

    private static final class Side {
        private @Nullable Look last;
    }

    private final AlertBoard board;
    private final InstantSource clock;
    private final Map<Realm, Side> sides = new EnumMap<>(Realm.class);

    Situations(AlertBoard board, InstantSource clock) {
        this.board = board;
        this.clock = clock;
        for (Realm realm : Realm.values()) {
            sides.put(realm, new Side());
        }
    }

    Situation of(Realm realm) {
        long seen = board.version(realm);
        Side side = Objects.requireNonNull(sides.get(realm));
        synchronized (side) {
            Look look = side.last;
            Instant now = clock.instant();
            if (look == null || look.version() < seen || !isRecent(look, now)) {
                long version = board.version(realm);
                look = new Look(Situation.of(board, realm, now), version, now);
                side.last = look;
            }
            return look.situation();
        }
    }

    private static boolean isRecent(Look look, Instant now) {
        Duration age = Duration.between(look.at(), now);
        return !age.isNegative() && age.compareTo(LONGEST) < 0;
    }
}
