package io.fengsui.standalone.cli;

import io.fengsui.platform.StartException;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** Which feed a command is about. */
final class FeedOption {

    @Option(names = "--feed", paramLabel = "FEED", required = true, description = "Feed id, as in docs/feeds.md.")
    private String id = "";

    Feed<?> feed() {
        return Feeds.byId(id)
                .orElseThrow(() -> new StartException("No feed '" + id + "'; there is "
                        + Feeds.all().stream().map(Feed::id).collect(Collectors.joining(", "))));
    }
}
