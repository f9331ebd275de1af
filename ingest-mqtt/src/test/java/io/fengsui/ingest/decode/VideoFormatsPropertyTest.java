package io.fengsui.ingest.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.event.VideoAlarmKind;
import io.fengsui.event.VideoReportKind;
import io.fengsui.event.VideoState;
import io.fengsui.event.VideoStatus;
import io.fengsui.schema.feed.Feeds;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What platforms of GB/T 28181 write is read. */
class VideoFormatsPropertyTest {
    private static final String RECORDER = "32058300001180000001";

    private static final Map<String, VideoState> LINE_STATES =
            Map.of("ON", VideoState.ON, "OFF", VideoState.OFF, "ADD", VideoState.ADDED, "DELETE", VideoState.DELETED);

    private static final List<VideoAlarmKind> OF_DEVICES = List.of(
            VideoAlarmKind.VIDEO_LOST,
            VideoAlarmKind.TAMPER,
            VideoAlarmKind.DISK_FULL,
            VideoAlarmKind.HIGH_TEMPERATURE,
            VideoAlarmKind.LOW_TEMPERATURE);

    @Provide
    Arbitrary<String> words() {
        return Arbitraries.of(LINE_STATES.keySet());
    }

    @Provide
    Arbitrary<String> descriptions() {
        return Arbitraries.strings().withCharRange('一', '龠').ofMinLength(1).ofMaxLength(100);
    }

    @Provide
    Arbitrary<String> encodings() {
        return Arbitraries.of("GB2312", "gbk", "GB18030", "UTF-8", "");
    }

    @Property(tries = 300)
    void shouldReadEveryLine(@ForAll @Size(min = 1, max = 30) List<@From("words") String> words) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < words.size(); i++) {
            text.append(RECORDER)
                    .append(':')
                    .append(channel(i))
                    .append(' ')
                    .append(words.get(i))
                    .append("\r\n");
        }

        List<VideoStatus> events = decode(text.toString().getBytes(StandardCharsets.US_ASCII));

        List<String> read = new ArrayList<>();
        events.forEach(event -> read.add(event.getChannelId() + " " + event.getState()));
        List<String> written = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            written.add(channel(i) + " " + LINE_STATES.get(words.get(i)));
        }
        assertThat(read).isEqualTo(written);
    }

    @Property(tries = 500)
    void shouldReadAnAlarmInEveryEncoding(
            @ForAll @IntRange(min = 1, max = 4) int priority,
            @ForAll @IntRange(min = 1, max = 5) int type,
            @ForAll("descriptions") String description,
            @ForAll("encodings") String encoding) {
        String declaration = encoding.isEmpty() ? "" : "<?xml version=\"1.0\" encoding=\"" + encoding + "\"?>";
        String document = declaration + "<Notify><CmdType>Alarm</CmdType><SN>1</SN><DeviceID>" + RECORDER
                + "</DeviceID><AlarmPriority>" + priority + "</AlarmPriority><AlarmMethod>2</AlarmMethod>"
                + "<AlarmTime>2026-11-23T08:00:00</AlarmTime><AlarmDescription>" + description
                + "</AlarmDescription><Info><AlarmType>" + type + "</AlarmType></Info></Notify>";
        boolean utf8 = encoding.isEmpty() || encoding.equals("UTF-8");

        List<VideoStatus> events =
                decode(document.getBytes(utf8 ? StandardCharsets.UTF_8 : Charset.forName("GB18030")));

        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.getKind()).isEqualTo(VideoReportKind.ALARM);
            assertThat(event.getAlarmPriority()).isEqualTo(priority);
            assertThat(event.getAlarmKind()).isEqualTo(OF_DEVICES.get(type - 1));
            assertThat(event.getAlarmDescription()).isEqualTo(description);
            assertThat(event.getHeader().getEventTime()).isEqualTo(Instant.parse("2026-11-23T00:00:00Z"));
        });
    }

    private static String channel(int index) {
        return String.format("3205830000132%07d", index);
    }

    private static List<VideoStatus> decode(byte[] payload) {
        return Vectors.decode(Feeds.VIDEO_STATUS, payload, true).stream()
                .map(VideoStatus.class::cast)
                .toList();
    }
}
