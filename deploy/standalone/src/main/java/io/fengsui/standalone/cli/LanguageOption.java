package io.fengsui.standalone.cli;

import io.fengsui.standalone.letters.Language;
import picocli.CommandLine.Option;

/** In which language reasons are told. */
final class LanguageOption {
    @Option(
            names = "--lang",
            paramLabel = "LANG",
            defaultValue = "en",
            description = "Language of the reasons: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Language language = Language.EN;

    Language get() {
        return language;
    }
}
