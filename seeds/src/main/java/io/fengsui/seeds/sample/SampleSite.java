package io.fengsui.seeds.sample;

import io.fengsui.event.SiteKind;
import java.util.List;

/**
 * A generated site.
 *
 * @param number counts the sites of its kind from 1
 * @param grade grade of a major hazard source, else blank
 * @param unitIds units in charge; the first is where it stands
 */
record SampleSite(
        String siteId,
        int number,
        String name,
        SiteKind kind,
        String grade,
        List<String> unitIds,
        double longitude,
        double latitude) {

    String unitId() {
        return unitIds.get(0);
    }
}
