package io.fengsui.seeds;

import java.util.List;

/**
 * What loading a set does, or in a dry run would do, to one topic. Keys are sorted.
 *
 * @param topic name of the topic
 * @param unchanged number of keys whose value is there already
 */
public record TableChange(String topic, List<String> added, List<String> changed, List<String> removed, int unchanged) {

    /** Share of what is there now that would go. */
    double removedShare() {
        int now = changed.size() + removed.size() + unchanged;
        return now == 0 ? 0 : (double) removed.size() / now;
    }

    /** One line for people. */
    @Override
    public String toString() {
        return String.format(
                "%-14s %5d added %5d changed %5d removed %5d unchanged",
                topic, added.size(), changed.size(), removed.size(), unchanged);
    }
}
