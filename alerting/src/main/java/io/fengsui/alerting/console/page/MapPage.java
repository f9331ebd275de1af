package io.fengsui.alerting.console.page;

import io.fengsui.alerting.console.page.BoardPage.Choice;
import io.fengsui.schema.topic.Realm;
import java.util.List;

/**
 * A map, live or drill: what is drawn stands in the page as lists, which the script draws and a screen reader reads.
 *
 * @param events where the page hears of changes
 * @param places where alerts are, the most urgent first
 * @param nowhere alerts that have no position, the most urgent first
 * @param nowhereCount how many these are, listed or not
 * @param folded alerts that are suppressed and not shown
 * @param geography units and sites; nothing when only the alerts are asked for anew
 */
public record MapPage(
        Frame frame,
        String events,
        Realm realm,
        MapFilter filter,
        List<Choice> units,
        List<Choice> departments,
        List<Choice> severities,
        int openCount,
        int folded,
        List<Place> places,
        List<Item> nowhere,
        int nowhereCount,
        Geography geography) {

    /**
     * One mark.
     *
     * @param dom id of its entry in the page
     * @param at longitude and latitude, degrees, WGS-84
     * @param level of the gravest
     * @param area how far around it alerts were gathered, in words; empty if they are at one place
     * @param only address of a map of this place alone; empty if it shows no more
     */
    public record Place(
            String dom,
            String at,
            Level level,
            boolean waiting,
            boolean life,
            String name,
            String area,
            int count,
            int waitingCount,
            List<Item> items,
            String only) {

        public int more() {
            return count - items.size();
        }

        /** Where its mark leads: to the alert if there is one, else to the entry. */
        public String target() {
            return count == 1 ? items.get(0).url() : "#" + dom;
        }
    }

    /** One alert. */
    public record Item(String url, Level level, Stage stage, String title, String subject, String where, String age) {}

    /**
     * What is drawn below.
     *
     * @param bounds west, south, east, north of all of it; empty if there is nothing
     * @param sitesLeft sites that are not drawn
     */
    public record Geography(String bounds, List<Area> areas, List<Site> sites, int sitesLeft) {
        public static final Geography NONE = new Geography("", List.of(), List.of(), 0);
    }

    /**
     * A unit.
     *
     * @param at where its name stands; empty if nothing is known
     * @param outline around its sites, longitude and latitude; empty with fewer than three
     * @param vague whether it is only roughly there
     */
    public record Area(String name, String at, String outline, boolean vague) {}

    public record Site(String name, String at) {}

    /** Address of this map as filtered. */
    public String address() {
        return home() + filter.query();
    }

    public String home() {
        return Paths.map(realm);
    }

    public Words words() {
        return frame.words();
    }
}
