package io.fengsui.standalone.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.seeds.SeedSet;
import io.fengsui.standalone.Home;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReferencePagesTest {

    static Stream<Page> pages() {
        return ReferencePages.all(SeedSet.load(Home.locate().seeds())).stream();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void shouldBeCurrent(Page page) {
        assertThat(Home.locate().docs().resolve(page.file()))
                .as("stale; run './fengsui docs'")
                .hasContent(page.content());
    }
}
