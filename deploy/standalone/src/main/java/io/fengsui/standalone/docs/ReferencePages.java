package io.fengsui.standalone.docs;

import io.fengsui.seeds.SeedSet;
import java.util.List;

/** All generated pages. */
public final class ReferencePages {

    private ReferencePages() {}

    /** The pages as they ought to be, for the shipped reference data. */
    public static List<Page> all(SeedSet seeds) {
        return List.of(ConfigurationPage.page(), FeedsPage.page(seeds), RulesPage.page(seeds), MetricsPage.page());
    }
}
