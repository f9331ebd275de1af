package io.fengsui.seeds.fleet.traffic;

/** Spaces the beginnings of alarm episodes so that a given share of all reports belongs to one. The first comes at once. */
final class Episodes {
    private final double startsPerReport;
    private double due;

    /** @param length reports of one episode */
    Episodes(double share, int length) {
        this.startsPerReport = share / length;
        this.due = share > 0 ? 1 : 0;
    }

    /** To be asked once a report; true if an episode shall begin with it. */
    boolean begins() {
        due += startsPerReport;
        if (due < 1) {
            return false;
        }
        due -= 1;
        return true;
    }
}
