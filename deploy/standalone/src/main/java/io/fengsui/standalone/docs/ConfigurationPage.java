package io.fengsui.standalone.docs;

import io.fengsui.platform.Settings;
import io.fengsui.standalone.Part;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.ConfigDef.Type;

/** docs/configuration.md: every setting of every process. */
final class ConfigurationPage {

    private ConfigurationPage() {}

    static Page page() {
        Markdown page = new Markdown("Configuration")
                .paragraph(
                        "Each process reads a properties file (`--config`), then the environment: the key in capitals"
                                + " with `_` for `.` and `-`; the later wins. An unknown key, a wrong type or a value out of range"
                                + " stops the start with file, line, key and what was expected.")
                .paragraph("`fengsui up` needs no settings; `--set KEY=VALUE` changes one.");
        for (Part part : Part.values()) {
            section(page, part);
        }
        return page.page("configuration.md");
    }

    private static void section(Markdown page, Part part) {
        page.section(part.id())
                .paragraph("Settings of `fengsui " + part.id() + "`.")
                .table(
                        List.of("setting", "type", "default", "values", "what it does"),
                        part.definition().configKeys().values().stream()
                                .sorted(Comparator.comparing((ConfigKey key) -> key.importance)
                                        .thenComparing(key -> key.name))
                                .map(ConfigurationPage::row))
                .paragraph("Keys that begin so are passed on; they are not checked here.")
                .table(
                        List.of("keys", "go to"),
                        part.passThrough().entrySet().stream()
                                .map(prefix -> List.of(
                                        Markdown.inCode(prefix.getKey() + "*") + "<br>"
                                                + Markdown.inCode(Settings.variableOf(prefix.getKey()) + "*"),
                                        prefix.getValue())));
    }

    private static List<String> row(ConfigKey key) {
        String values = key.validator == null ? "" : key.validator.toString();
        return Stream.of(
                        Markdown.inCode(key.name) + "<br>" + Markdown.inCode(Settings.variableOf(key.name)),
                        key.type.name().toLowerCase(Locale.ROOT),
                        standard(key),
                        values,
                        key.documentation)
                .toList();
    }

    private static String standard(ConfigKey key) {
        if (!key.hasDefault()) {
            return "required";
        }
        if (key.defaultValue == null) {
            return "none";
        }
        String text = ConfigDef.convertToString(key.defaultValue, key.type);
        return key.type == Type.PASSWORD || text == null || text.isEmpty() ? "empty" : Markdown.inCode(text);
    }
}
