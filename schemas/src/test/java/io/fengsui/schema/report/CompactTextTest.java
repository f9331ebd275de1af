package io.fengsui.schema.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fengsui.event.BeidouContent;
import io.fengsui.event.BeidouReport;
import io.fengsui.event.DisasterKind;
import io.fengsui.event.EventHeader;
import io.fengsui.event.ReportPhase;
import io.fengsui.event.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompactTextTest {
    private static final Instant ARRIVAL = Instant.parse("2026-11-23T00:30:00Z");
    private static final CompactReport FLOOD = new CompactReport(
            ReportPhase.FIRST,
            DisasterKind.FLOOD,
            Severity.III,
            Map.of(Figure.DEATHS, 0, Figure.MISSING, 2, Figure.AFFECTED, 120, Figure.EVACUATED, 40),
            "320583102",
            null,
            ReportTime.of(11, 23, 8, 0),
            "河水漫堤");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "灾1初涝III,亡0失2灾120转40,@320583102,时11230800/河水漫堤",
                "灾1初报洪涝Ⅲ；时11230800；灾120转40失2亡0；@320583102／ 河水漫堤 ",
                "灾１初涝ＩＩＩ，亡０失２灾１２０转４０，＠３２０５８３１０２，时１１２３０８００/河水漫堤"
            })
    void shouldReadEveryWayOfWritingTheSame(String text) {
        assertThat(CompactText.read(text)).isEqualTo(new CompactText.Whole(false, null, FLOOD));
    }

    @Test
    void shouldWriteAReportThatFitsIntoOneMessage() {
        String text = CompactText.write(false, null, FLOOD);

        assertThat(text).isEqualTo("灾1初涝III,亡0失2灾120转40,@320583102,时11230800/河水漫堤");
        assertThat(ReportMark.bytes(text)).isLessThanOrEqualTo(CompactText.MESSAGE_BYTES);
    }

    @Test
    void shouldReadFiguresWithoutEnd() {
        String text = "灾1初涝," + "亡1".repeat(20_000);

        assertThat(CompactText.read(text)).isInstanceOf(CompactText.Words.class);
    }

    @Test
    void shouldReadTheShortestReport() {
        assertThat(CompactText.read("灾1演#a7:核虫"))
                .isEqualTo(new CompactText.Whole(
                        true,
                        "a7",
                        new CompactReport(
                                ReportPhase.VERIFIED,
                                DisasterKind.BIOLOGICAL,
                                Severity.UNKNOWN,
                                Map.of(),
                                null,
                                null,
                                null,
                                null)));
    }

    @Test
    void shouldReadAPartWithWhateverItsSliceIs() {
        assertThat(CompactText.read("灾1演#A7-2/3:时11/:,"))
                .isEqualTo(new CompactText.Fragment(true, "A7", 2, 3, "时11/:,"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "灾2初涝                | version 2",
                "灾1                    | no phase, disaster and level",
                "灾1终涝                | no phase, disaster and level",
                "灾1初水                | no phase, disaster and level",
                "灾1初涝V               | no phase, disaster and level",
                "灾1 初涝               | no phase, disaster and level",
                "灾1:初涝               | no phase, disaster and level",
                "灾1#:初涝              | no phase, disaster and level",
                "灾1#123456789:初涝     | no phase, disaster and level",
                "灾1初涝,               | no figures, place or time",
                "灾1初涝,亡             | no figures, place or time",
                "灾1初涝,亡-1           | no figures, place or time",
                "灾1初涝,亡1人          | no figures, place or time",
                "灾1初涝,亡1,亡2        | given twice",
                "灾1初涝,亡1失2亡1      | given twice",
                "灾1初涝,灾10000001     | above 10000000",
                "灾1初涝,@              | no figures, place or time",
                "灾1初涝,@32058         | no figures, place or time",
                "灾1初涝,@3205831       | no figures, place or time",
                "灾1初涝,@320583,@陆家  | given twice",
                "灾1初涝,时1123080      | no figures, place or time",
                "灾1初涝,时13010000     | no month",
                "灾1初涝,时02300000     | no month",
                "灾1初涝,时01012400     | no month",
                "灾1初涝,雨100          | no figures, place or time",
                "灾1#A-1/1:初涝         | no part",
                "灾1#A-0/2:初涝         | no part",
                "灾1#A-3/2:初涝         | no part",
                "灾1#A-1/21:初涝        | no part",
                "灾1#A-1/2:             | no part",
                "灾1#A-1/222:初涝       | no phase, disaster and level"
            })
    void shouldKeepATextThatDoesNotFollowTheGrammarAndSayWhy(String text, String why) {
        assertThat(CompactText.read(text)).isInstanceOfSatisfying(CompactText.Words.class, words -> {
            assertThat(words.note()).contains(why).contains(" / ");
            assertThat(words.exercise()).isFalse();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "灾情严重", "请求支援", "灾", "初涝III", " 灾1初涝"})
    void shouldTakeAnythingElseForWordsWithoutANote(String text) {
        assertThat(CompactText.read(text)).isEqualTo(new CompactText.Words(false, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"灾1演习开始", "灾2演初涝", "灾1演#A-9/3:x"})
    void shouldBelieveTheExerciseMarkWhateverFollows(String text) {
        assertThat(CompactText.read(text).exercise()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "11230830, 2026-11-23T00:30:00Z",
        "11240830, 2026-11-24T00:30:00Z",
        "11240831, 2025-11-24T00:31:00Z",
        "01010000, 2025-12-31T16:00:00Z",
        "02290000, 2024-02-28T16:00:00Z"
    })
    void shouldFindTheYearThatMakesATimeRecent(String digits, Instant expected) {
        CompactText.Whole read = (CompactText.Whole) CompactText.read("灾1初涝,时" + digits);

        assertThat(read.report().occurredAt().before(ARRIVAL)).isEqualTo(expected);
        assertThat(read.report().occurredAt()).hasToString(digits);
    }

    @Test
    void shouldFillAnEvent() {
        BeidouReport event = fill("灾1演#A7:续台II,亡3倒4损5,@320583102张浦镇,时11230800/风大");

        assertThat(event.getContent()).isEqualTo(BeidouContent.STRUCTURED);
        assertThat(event.getPhase()).isEqualTo(ReportPhase.FOLLOW_UP);
        assertThat(event.getDisaster()).isEqualTo(DisasterKind.TYPHOON);
        assertThat(event.getSeverity()).isEqualTo(Severity.II);
        assertThat(event.getDeaths()).isEqualTo(3);
        assertThat(event.getMissing()).isNull();
        assertThat(event.getCollapsedRooms()).isEqualTo(4);
        assertThat(event.getDamagedRooms()).isEqualTo(5);
        assertThat(event.getReportedDivisionCode()).isEqualTo("320583102");
        assertThat(event.getReportedDivisionName()).isEqualTo("张浦镇");
        assertThat(event.getOccurredAt()).isEqualTo(Instant.parse("2026-11-23T00:00:00Z"));
        assertThat(event.getReportId()).isEqualTo("A7");
        assertThat(event.getText()).endsWith("/风大");

        BeidouReport part = fill("灾1#A7-2/3:x");
        assertThat(part.getContent()).isEqualTo(BeidouContent.FRAGMENT);
        assertThat(part.getPart()).isEqualTo(2);
        assertThat(part.getParts()).isEqualTo(3);

        BeidouReport words = fill("灾1水很大");
        assertThat(words.getContent()).isEqualTo(BeidouContent.TEXT);
        assertThat(words.getTextNote()).contains("水很大");
        assertThat(words.getDisaster()).isEqualTo(DisasterKind.UNKNOWN);
    }

    private static BeidouReport fill(String text) {
        BeidouReport.Builder event = BeidouReport.newBuilder().setHeader(new EventHeader());
        BeidouText.fill(event, text, ARRIVAL);
        return event.build();
    }

    @Test
    void shouldMakeNoPartsOfWhatFitsOrOfWhatIsTooLong() {
        assertThatThrownBy(() -> CompactText.writeParts(false, "A", FLOOD, 200))
                .isInstanceOf(IllegalArgumentException.class);
        CompactReport longReport = new CompactReport(
                ReportPhase.FIRST, DisasterKind.FLOOD, Severity.III, Map.of(), null, null, null, "水".repeat(1000));
        assertThatThrownBy(() -> CompactText.writeParts(false, "A", longReport, CompactText.MESSAGE_BYTES))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldWritePartsThatEachFitIntoAMessage() {
        CompactReport longReport = new CompactReport(
                ReportPhase.FIRST, DisasterKind.FLOOD, Severity.III, Map.of(), null, null, null, "水".repeat(100));

        List<String> parts = CompactText.writeParts(true, "A7", longReport, CompactText.MESSAGE_BYTES);

        assertThat(parts)
                .hasSize(4)
                .allSatisfy(text -> assertThat(ReportMark.bytes(text)).isLessThanOrEqualTo(CompactText.MESSAGE_BYTES))
                .allSatisfy(text -> assertThat(CompactText.read(text)).isInstanceOf(CompactText.Fragment.class));
    }
}
