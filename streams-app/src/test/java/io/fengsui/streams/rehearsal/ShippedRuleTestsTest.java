package io.fengsui.streams.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.streams.rule.RuleCompiler;
import io.fengsui.streams.rule.RuleException;
import io.fengsui.streams.rule.RuleSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What 'fengsui rules test' runs: every branch of every rule that is shipped. */
class ShippedRuleTestsTest {
    private static final Path RULES = Path.of("../seeds/data/kunshan/rules");

    static Stream<Feed<?>> feeds() {
        return Feeds.all().stream();
    }

    @ParameterizedTest
    @MethodSource("feeds")
    void shouldTestEveryBranchOfEveryRule(Feed<?> feed) throws IOException, RuleException {
        String yaml = Files.readString(RULES.resolve(feed.id() + ".yaml"));
        RuleSet rules = RuleCompiler.compile(feed.id() + ".yaml", yaml);
        Path tests = RULES.resolve("tests").resolve(feed.id() + ".yaml");
        TestFile file = TestFile.read("tests/" + feed.id() + ".yaml", Files.readString(tests), rules);

        assertThat(RuleTests.run(rules, yaml, file, name -> true).problems()).isEmpty();
    }
}
