package io.fengsui.standalone.cli;

import io.fengsui.seeds.SeedSet;
import io.fengsui.standalone.Home;
import io.fengsui.standalone.docs.Page;
import io.fengsui.standalone.docs.ReferencePages;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes the generated pages of docs/, the contracts as machines read them, and the dashboards. */
@Command(
        name = "docs",
        mixinStandardHelpOptions = true,
        description =
                "Writes configuration.md, feeds.md, rules.md, metrics.md, conformance.md and contracts/ in docs/, from the code"
                        + " and the rules, and deploy/grafana/dashboards/ from deploy/grafana/source/.")
final class DocsCommand implements Callable<Integer> {

    @Option(names = "--check", description = "Only say which are stale; the exit code is 1 if one is.")
    private boolean check;

    @Override
    public Integer call() {
        Home home = Home.locate();
        int stale = 0;
        for (Page page : ReferencePages.all(SeedSet.load(home.seeds()))) {
            if (!page.isCurrentIn(home.docs())) {
                stale++;
                System.out.println(page.file() + (check ? " is stale; run './fengsui docs'" : " is written anew"));
                if (!check) {
                    page.writeTo(home.docs());
                }
            }
        }
        System.out.println(stale == 0 ? "All pages are current" : stale + " pages");
        return check && stale > 0 ? 1 : 0;
    }
}
