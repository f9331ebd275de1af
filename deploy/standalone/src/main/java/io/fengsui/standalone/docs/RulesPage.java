package io.fengsui.standalone.docs;

import io.fengsui.reference.RuleFile;
import io.fengsui.seeds.SeedSet;
import io.fengsui.streams.device.BuiltInFlag;
import io.fengsui.streams.rule.Param;
import io.fengsui.streams.rule.Rule;
import io.fengsui.streams.rule.RuleCompiler;
import io.fengsui.streams.rule.RuleException;
import io.fengsui.streams.rule.RuleSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** docs/rules.md: the shipped rules and the values they use. */
final class RulesPage {

    private static final String NO_DEFAULT = "no default: until it is set, what needs it says nothing";

    private RulesPage() {}

    static Page page(SeedSet seeds) {
        Markdown page = new Markdown("Rules")
                .paragraph(
                        "Rules are YAML files in `seeds/data/kunshan/rules/`, one a feed; conditions are CEL expressions."
                                + " `./fengsui seeds check` names what is wrong, `./fengsui seeds load` puts them in force without a"
                                + " restart. A value `param.…` may be set for a device, a site, a unit or the city in"
                                + " `parameters.csv`. Severities: I 特别重大 red, II 重大 orange, III 较大 yellow, IV 一般 blue.");
        page.section("Flags of every feed")
                .paragraph(
                        "An event that is odd is kept, with `header.flags` saying why; `fengsui.streams.flagged` counts. A rule"
                                + " file may add flags of its feed.")
                .table(
                        List.of("flag", "名称", "meaning", "explanation"),
                        Arrays.stream(BuiltInFlag.values())
                                .map(flag -> List.of(
                                        Markdown.inCode(flag.name()), flag.zh(), flag.en(), flag.explanation())));
        for (RuleFile file : seeds.rules().values()) {
            RuleSet rules = compile(file);
            page.section(rules.feed().id() + " " + rules.feed().nameZh());
            if (!rules.params().isEmpty()) {
                page.table(
                        List.of("parameter", "名称", "meaning", "default", "unit", "range", "not below"),
                        rules.params().values().stream().map(RulesPage::row));
            }
            if (!rules.flags().isEmpty()) {
                page.table(
                        List.of("flag", "名称", "meaning", "when"),
                        rules.flags().stream()
                                .map(flag -> List.of(
                                        Markdown.inCode(flag.id()),
                                        flag.title().zh(),
                                        flag.title().en(),
                                        Markdown.inCode(flag.when().text()))));
            }
            rules.rules().forEach(rule -> rule(page, rule));
        }
        return page.page("rules.md");
    }

    private static RuleSet compile(RuleFile file) {
        try {
            return RuleCompiler.compile(file.getFeed() + ".yaml", file.getYaml());
        } catch (RuleException e) {
            throw new IllegalStateException("A seed set is checked when it is loaded", e);
        }
    }

    private static List<String> row(Param param) {
        return List.of(
                Markdown.inCode(param.name()),
                param.title().zh(),
                param.title().en(),
                param.defaultValue() == null ? NO_DEFAULT : number(param.defaultValue()),
                param.unit(),
                number(param.min()) + " to " + number(param.max()),
                Objects.requireNonNullElse(param.atLeast(), ""));
    }

    private static void rule(Markdown page, Rule rule) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("raised", Markdown.inCode(rule.conditionText())));
        rows.add(List.of("severity", rule.severityText()));
        rows.add(List.of("ends", rule.clearText()));
        page.subsection(rule.id() + " " + rule.title().zh())
                .paragraph(rule.title().en() + ".")
                .table(List.of("", ""), rows.stream())
                .paragraph(rule.runbook().en().strip());
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
