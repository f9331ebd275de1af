package io.fengsui.streams.rule;

import io.fengsui.reference.RuleFile;
import io.fengsui.schema.feed.Feeds;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rules in force. A new file takes effect when all of it compiles; else the former one stays. A feed without a file is
 * routed without rules. Safe for use by many threads.
 */
public final class RuleBook {
    private static final Logger logger = LoggerFactory.getLogger(RuleBook.class);

    private final Map<String, RuleSet> byFeed = new ConcurrentHashMap<>();
    private final Map<String, List<String>> problemsByFeed = new ConcurrentHashMap<>();
    private final AtomicLong version = new AtomicLong();
    private final Consumer<String> onRefusal;

    /** @param onRefusal called with the feed id of each file that is refused */
    public RuleBook(Consumer<String> onRefusal) {
        this.onRefusal = onRefusal;
    }

    public @Nullable RuleSet of(String feedId) {
        return byFeed.get(feedId);
    }

    /** Goes up with each change. */
    public long version() {
        return version.get();
    }

    /** Takes a file as the reference data has it now; null: it was removed. */
    public void accept(String feedId, @Nullable RuleFile file) {
        if (file == null) {
            byFeed.remove(feedId);
            problemsByFeed.remove(feedId);
            version.incrementAndGet();
            logger.warn("The rules of {} were removed; the feed is routed without rules", feedId);
            return;
        }
        try {
            RuleSet compiled = RuleCompiler.compile(file.getFile(), file.getYaml());
            List<String> problems = clashes(feedId, compiled);
            if (problems.isEmpty()) {
                byFeed.put(feedId, compiled);
                problemsByFeed.remove(feedId);
                version.incrementAndGet();
                logger.info("Rules of {} in force: {} version {}", feedId, compiled.file(), compiled.version());
            } else {
                refuse(feedId, problems);
            }
        } catch (RuleException e) {
            refuse(feedId, e.problems());
        }
    }

    /** Version in force and problems by feed, for people. */
    public Map<String, String> describe() {
        Map<String, String> states = new TreeMap<>();
        Feeds.all().forEach(feed -> {
            RuleSet rules = byFeed.get(feed.id());
            List<String> problems = problemsByFeed.get(feed.id());
            String state = rules == null
                    ? "no rules: routed without alerts"
                    : rules.rules().size() + " rules, " + rules.file() + " version " + rules.version();
            states.put(feed.id(), problems == null ? state : state + "; a newer file is refused: " + problems.get(0));
        });
        return states;
    }

    private void refuse(String feedId, List<String> problems) {
        problemsByFeed.put(feedId, problems);
        onRefusal.accept(feedId);
        logger.error(
                "The new rules of {} are refused, {}:\n  {}",
                feedId,
                byFeed.containsKey(feedId) ? "the former stay in force" : "the feed is routed without rules",
                String.join("\n  ", problems));
    }

    /** An alert id is the rule's id and the subject's: two rules of one id would share alerts. */
    private List<String> clashes(String feedId, RuleSet rules) {
        if (!rules.feed().id().equals(feedId)) {
            return List.of(rules.file() + ":1:1: is for feed " + rules.feed() + " but was published for " + feedId);
        }
        return byFeed.values().stream()
                .filter(other -> !other.feed().id().equals(feedId))
                .flatMap(other -> other.rules().stream()
                        .filter(rule -> rules.rule(rule.id()).isPresent())
                        .map(rule -> rules.file() + ":1:1: rule id '" + rule.id() + "' is taken by " + other.file()))
                .toList();
    }
}
