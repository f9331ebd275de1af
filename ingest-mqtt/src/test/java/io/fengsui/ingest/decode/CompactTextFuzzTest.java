package io.fengsui.ingest.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.fengsui.event.BeidouReport;
import io.fengsui.ingest.Cost;
import io.fengsui.schema.report.BeidouText;
import io.fengsui.schema.report.CompactText;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Texts of terminals: words, or a report in the compact text, which then says the same when it is written and read again. */
class CompactTextFuzzTest {

    static Stream<byte[]> seeds() {
        return Stream.of(
                        "",
                        "河水漫堤",
                        "灾1初涝III,亡0失2灾120转40,@320583102,时11230800/河水漫堤",
                        "灾1演续台IV,灾30/演练",
                        "灾1#A7-2/3:20583102,时11230800/河",
                        "灾1#A7:核低温冷冻Ⅱ;倒3损12;@320583102张浦镇;时02290800",
                        "灾１初报森林草原火灾，亡１",
                        "灾2初涝",
                        "灾1初涝,亡99999999",
                        "灾1初涝,时13010800")
                .map(text -> text.getBytes(UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest
    void shouldReadAnyText(byte[] bytes) {
        String text = new String(bytes, UTF_8);

        CompactText read = Cost.little(bytes.length, () -> CompactText.read(text));
        if (read instanceof CompactText.Whole whole) {
            assertThat(CompactText.read(CompactText.write(whole.exercise(), whole.reportId(), whole.report())))
                    .isEqualTo(whole);
        }
        BeidouReport.Builder event = BeidouReport.newBuilder();
        BeidouText.fill(event, text, Vectors.RECEIVED_AT);
    }
}
