package io.fengsui.alerting.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.alerting.console.page.Frame.Section;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds docs/console.md to the pages that there are. */
class ConsoleGuideTest {
    private static final Path DOCS = Path.of("../docs");

    @ParameterizedTest
    @EnumSource(value = Section.class, names = "NOWHERE", mode = EnumSource.Mode.EXCLUDE)
    void shouldShowEverySectionInBothLanguages(Section section) throws IOException {
        String guide = Files.readString(DOCS.resolve("console.md"));

        assertThat(guide).contains(section.word().in(Language.ZH));
        for (Language language : Language.values()) {
            String picture =
                    "images/console-" + section.name().toLowerCase(Locale.ROOT) + "-" + language.code() + ".png";
            assertThat(guide).contains("](" + picture + ")");
            assertThat(DOCS.resolve(picture)).exists();
        }
    }
}
