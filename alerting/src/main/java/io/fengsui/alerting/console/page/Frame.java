package io.fengsui.alerting.console.page;

import io.fengsui.alerting.access.Act;
import io.fengsui.alerting.access.Permissions.Reach;
import java.util.List;
import java.util.stream.Stream;

/**
 * What stands around every page.
 *
 * @param title of the page
 * @param here path of the page, for links that come back to it
 * @param query of the page without the question mark
 * @param urgent unacknowledged live alerts of the two highest severities or of life safety
 * @param latestUrgent grows whenever such an alert comes; 0 if there are none
 * @param blind what the ingest-blind banner says
 * @param stale whether new alerts no longer reach the board
 * @param drillOpen open alerts of exercises
 * @param drill whether this page belongs to an exercise
 * @param exercises names of the exercises, for the banner
 */
public record Frame(
        Viewer viewer,
        Times times,
        Assets assets,
        Section section,
        String title,
        String here,
        String query,
        int urgent,
        long latestUrgent,
        List<Blind> blind,
        boolean stale,
        int drillOpen,
        boolean drill,
        List<String> exercises) {

    /** Parts of the console, as the navigation lists them. */
    public enum Section {
        BOARD(Word.NAV_BOARD, "/"),
        DRILL(Word.NAV_DRILL, "/drill"),
        MAP(MapWord.NAV_MAP, "/map"),
        RULES(RuleWord.NAV_RULES, "/rules"),
        FEEDS(Word.NAV_FEEDS, "/feeds"),
        READERS(AccessWord.NAV_READERS, "/readers"),
        REPORTS(ReportWord.NAV_REPORTS, "/reports"),
        AUDIT(AccessWord.NAV_AUDIT, "/audit"),
        HELP(Word.NAV_HELP, "/help"),
        /** Where an error is shown; not in the navigation. */
        NOWHERE(Word.PRODUCT, "/");

        @SuppressWarnings("ImmutableEnumChecker") // all phrases are enums
        private final Phrase word;

        private final String path;

        Section(Phrase word, String path) {
            this.word = word;
            this.path = path;
        }

        public Phrase word() {
            return word;
        }

        public String path() {
            return path;
        }
    }

    /**
     * Addresses of what the pages load; each names its content or version, so that browsers may keep it.
     *
     * @param map draws the map
     * @param leaflet the library that it draws with, and its style
     */
    public record Assets(
            String css,
            String script,
            String htmx,
            String sse,
            String icon,
            String map,
            String leaflet,
            String leafletCss) {}

    /** One lane that nothing comes in on. */
    public record Blind(String url, String what, String since) {}

    public Words words() {
        return times.words();
    }

    public List<Section> sections() {
        return Stream.of(
                        Section.BOARD,
                        Section.MAP,
                        Section.DRILL,
                        Section.FEEDS,
                        Section.READERS,
                        Section.RULES,
                        Section.REPORTS,
                        Section.AUDIT,
                        Section.HELP)
                .filter(part -> part != Section.REPORTS || viewer.visitor().reach(Act.READ_FIGURES) != Reach.NONE)
                .filter(part -> part != Section.AUDIT || viewer.visitor().may(Act.READ_AUDIT))
                .toList();
    }

    /** Title of the window: what is urgent comes first, so that a tab in the background tells it. */
    public String windowTitle() {
        String count = urgent == 0 ? "" : "(" + urgent + ") ";
        String mark = drill ? words().of(Word.NAV_DRILL) + " · " : "";
        return count + mark + title + " · " + words().of(Word.PRODUCT);
    }

    /** Where to log in and come back from. */
    public String logIn() {
        return "/login?next=" + Paths.encode(here + (query.isEmpty() ? "" : "?" + query));
    }

    /** This page in the other language. */
    public String inOtherLanguage() {
        return here + "?" + (query.isEmpty() ? "" : query + "&") + "lang="
                + viewer.language().other().code();
    }

    /** This page large, or as before. */
    public String onWall(boolean wall) {
        return here + "?" + (query.isEmpty() ? "" : query + "&") + "wall=" + (wall ? "1" : "0");
    }

    /** Classes of the html element. */
    public String theme() {
        return (viewer.wall() ? "wall " : "") + (drill ? "drill" : "live");
    }
}
