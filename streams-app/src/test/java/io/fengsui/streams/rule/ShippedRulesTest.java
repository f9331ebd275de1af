package io.fengsui.streams.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ShippedRulesTest {

    @Test
    void shouldCompileAndSayEverythingInBothLanguages() throws IOException, RuleException {
        for (Feed<?> feed : Feeds.all()) {
            RuleSet rules = shipped(feed);
            assertThat(rules.feed()).isEqualTo(feed);
            assertThat(rules.rules()).allSatisfy(rule -> {
                assertThat(rule.title().zh()).containsPattern("[\\u4e00-\\u9fff]");
                assertThat(rule.title().en()).doesNotContainPattern("[\\u4e00-\\u9fff]");
                assertThat(rule.runbook().zh())
                        .containsPattern("[\\u4e00-\\u9fff]")
                        .startsWith("1. ");
                assertThat(rule.runbook().en())
                        .doesNotContainPattern("[\\u4e00-\\u9fff]")
                        .startsWith("1. ");
                assertThat(rule.explanationZh().text()).contains("{device.name}");
                assertThat(rule.explanationEn().text()).contains("{device.name}");
                assertThat(rule.severities()).isNotEmpty();
                assertThat(rule.conditionText()).isNotBlank();
                assertThat(rule.clearText()).isNotBlank();
            });
        }
    }

    static RuleSet shipped(Feed<?> feed) throws IOException, RuleException {
        Path file = Path.of("../seeds/data/kunshan/rules", feed.id() + ".yaml");
        return RuleCompiler.compile(file.getFileName().toString(), Files.readString(file));
    }
}
