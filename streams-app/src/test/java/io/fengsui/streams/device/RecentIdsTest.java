package io.fengsui.streams.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

class RecentIdsTest {

    /** Milliseconds from one arrival to the next: bursts, heartbeats and long pauses. */
    @Provide
    Arbitrary<List<Integer>> gaps() {
        return Arbitraries.oneOf(
                        Arbitraries.integers().between(0, 50),
                        Arbitraries.integers().between(1_000, 60_000),
                        Arbitraries.integers().between(600_000, 7_200_000))
                .list()
                .ofMaxSize(1_500);
    }

    @Property(tries = 200)
    boolean shouldKeepTheLastSixteenAndTenMinutesUpToTheLimit(@ForAll("gaps") List<Integer> gaps) {
        RecentIds ids = new RecentIds();
        long[] arrivals = new long[gaps.size()];
        long now = 1_000_000_000L;
        for (int i = 0; i < gaps.size(); i++) {
            now += gaps.get(i);
            arrivals[i] = now;
            ids.add(i, now);
        }
        for (int i = 0; i < gaps.size(); i++) {
            boolean among16 = i >= gaps.size() - RecentIds.AT_LEAST;
            boolean recent = arrivals[i] >= now - RecentIds.WINDOW.toMillis() && i >= gaps.size() - RecentIds.AT_MOST;
            if (ids.contains(i) != (among16 || recent)) {
                return false;
            }
        }
        return ids.size() <= RecentIds.AT_MOST;
    }

    @Property(tries = 200)
    boolean shouldSurviveItsEncoding(@ForAll("gaps") List<Integer> gaps) {
        DeviceState state = new DeviceState("video-status");
        long now = 1_700_000_000_000L;
        for (int gap : gaps) {
            now += gap;
            state.recentIds().add(RecentIds.hash("id-" + now), now);
        }
        DeviceStateSerde serde = new DeviceStateSerde();
        byte[] bytes = serde.serializer().serialize("t", state);
        DeviceState read = serde.deserializer().deserialize("t", bytes);
        byte[] again = serde.serializer().serialize("t", read);
        return java.util.Arrays.equals(bytes, again)
                && read.recentIds().size() == state.recentIds().size();
    }

    @Property
    void shouldTellIdsApart(@ForAll @Size(min = 2, max = 200) Set<@AlphaChars @StringLength(max = 20) String> ids) {
        Set<Long> hashes = new HashSet<>();
        ids.forEach(id -> hashes.add(RecentIds.hash(id)));

        assertThat(hashes).hasSameSizeAs(ids);
    }
}
