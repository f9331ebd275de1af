package io.fengsui.standalone.letters;

import static io.fengsui.standalone.letters.SampleLetters.dust;
import static io.fengsui.standalone.letters.SampleLetters.police;
import static io.fengsui.standalone.letters.SampleLetters.replayed;
import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.ops.ReplayOutcome;
import io.fengsui.schema.topic.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LetterTableTest {
    private final ReplayHistory history = new ReplayHistory();
    private final List<String> lines = new ArrayList<>();

    @ParameterizedTest
    @EnumSource(Language.class)
    void shouldFitATerminalAndNeverCutAnAddress(Language language) {
        Letter wide = new Letter(
                new Address(Topics.DEAD_LETTER, 123_456, 1_234_567_890_123L),
                SampleLetters.content("dust-sensor", "v".repeat(64), "设".repeat(64))
                        .setReason("UNSUPPORTED_FORMAT")
                        .setField("payload.with.a.long.name")
                        .build());

        new LetterTable(language, history).print(List.of(wide, police(7, "{}")), lines::add);
        new LetterTable(language, history).printCounts(Map.of("UNSUPPORTED_FORMAT", 12_345_678L), lines::add);

        assertThat(lines).allSatisfy(line -> assertThat(Printable.width(line)).isLessThanOrEqualTo(120));
        assertThat(lines.get(1)).contains("feed.dead-letter/123456/1234567890123 ");
    }

    @Test
    void shouldSayTheReasonInTheLanguageOfTheUser() {
        Letter letter = dust(3, "m-1");
        history.add(replayed(letter, ReplayOutcome.ACCEPTED));

        new LetterTable(Language.EN, history).print(List.of(letter), lines::add);
        new LetterTable(Language.ZH, history).print(List.of(letter), lines::add);

        assertThat(lines.get(1))
                .isEqualTo("* feed.dead-letter/0/3  2026-03-02 16:00:03  acme/dust-sensor/d-1"
                        + "  The device is not in the reference data");
        assertThat(lines.get(4)).endsWith("设备未登记");
        assertThat(lines.get(5)).isEqualTo("* 已重放");
    }

    @Test
    void shouldMarkALetterWhoseReplayWasBrokenOff() {
        Letter letter = dust(3, "m-1");
        history.add(replayed(letter, ReplayOutcome.SENDING, "acme/d-1/m-1"));

        new LetterTable(Language.EN, history).print(List.of(letter), lines::add);
        new LetterCard(Language.ZH, lines::add).print(letter, history);

        assertThat(lines.get(1)).startsWith("? feed.dead-letter/0/3  ");
        assertThat(lines.get(2))
                .isEqualTo("? its replay is under way or was broken off; the next one finds out what came of it");
        assertThat(lines).anyMatch(line -> line.endsWith("尚在进行或已中断；再次重放时查明"));
        assertThat(new LetterJson().of(letter, history)).contains("\"replay\":\"SENDING\"");
    }

    @Test
    void shouldCountByReason() {
        new LetterTable(Language.ZH, history).printCounts(Map.of("EMPTY", 1L, "NEW_ONE", 2L), lines::add);

        assertThat(lines).first().isEqualTo("共 3 封死信");
        assertThat(lines.get(1)).contains("2  NEW_ONE");
        assertThat(lines.get(2)).contains("1  EMPTY").contains("消息为空");
    }
}
