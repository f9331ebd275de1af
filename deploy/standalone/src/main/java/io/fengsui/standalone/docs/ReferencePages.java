package io.fengsui.standalone.docs;

import io.fengsui.schema.feed.Feeds;
import io.fengsui.seeds.SeedSet;
import io.fengsui.standalone.Home;
import io.fengsui.standalone.docs.dashboard.DashboardPages;
import java.util.ArrayList;
import java.util.List;

/** All generated pages. */
public final class ReferencePages {

    private ReferencePages() {}

    /** The pages as they ought to be, for the shipped reference data. */
    public static List<Page> all(SeedSet seeds) {
        List<Page> pages = new ArrayList<>(List.of(
                ConfigurationPage.page(),
                FeedsPage.page(seeds),
                RulesPage.page(seeds),
                MetricsPage.page(),
                ConformancePage.page(),
                ContractsPage.page()));
        Feeds.all().forEach(feed -> pages.add(FeedSchema.page(feed)));
        pages.add(RejectionSchema.page());
        pages.add(AsyncApi.page(seeds));
        pages.addAll(AvroPages.pages());
        pages.addAll(DashboardPages.pages(
                Home.locate().directory().resolve("deploy").resolve("grafana").resolve("source")));
        return List.copyOf(pages);
    }
}
