package io.fengsui.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.event.BeidouContent;
import io.fengsui.event.BeidouReport;
import io.fengsui.event.EventHeader;
import io.fengsui.event.EventSource;
import io.fengsui.event.Severity;
import io.fengsui.schema.feed.Feeds;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Equal words of a terminal whose format has neither id nor time: sent again by the broker, or by the terminal? */
class RedeliveryTest {
    private final TestBed bed = new TestBed();
    private final Events events = new Events(bed);

    @AfterEach
    void close() {
        bed.close();
    }

    @Test
    void shouldDropWhatTheBrokerSendsAgainAfterAReconnect() {
        sentence(false);
        bed.pass(Duration.ofMinutes(9));
        sentence(true);

        assertThat(texts()).containsExactly("RAISE III beidou-text@bd-1");
        assertThat(bed.events("township.sample-area-north.beidou-report")).hasSize(1);
    }

    @Test
    void shouldTakeTheSameWordsLaterForNewsAlthoughTheBrokerHadToSendThemTwice() {
        sentence(false);
        texts();
        bed.pass(Duration.ofMinutes(11));
        sentence(true);

        assertThat(texts()).containsExactly("RAISE III beidou-text@bd-1");
        assertThat(bed.events("township.sample-area-north.beidou-report")).hasSize(2);
    }

    private List<String> texts() {
        return bed.alerts().stream().filter(a -> a.contains("beidou")).toList();
    }

    private void sentence(boolean redelivered) {
        BeidouReport event = events.beidou(BeidouContent.TEXT, Severity.UNKNOWN).build();
        EventHeader header = event.getHeader();
        bed.send(
                Feeds.BEIDOU_REPORT,
                BeidouReport.newBuilder(event)
                        .setHeader(Events.change(header)
                                .setEventId("acme/bd-1/h-00000000000000000000000000000001-"
                                        + Long.toHexString(
                                                header.getReceivedAt().toEpochMilli()))
                                .setSource(EventSource.newBuilder(header.getSource())
                                        .setStableId(false)
                                        .setRedelivered(redelivered)
                                        .build())
                                .build())
                        .build());
    }
}
