package io.fengsui.alerting.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class ReaderViewTest {
    private static final TopicPartition DUST = new TopicPartition("township.zhangpu.dust-sensor", 0);
    private static final TopicPartition ALERTS = new TopicPartition("township.zhangpu.alert", 0);
    private static final TopicPartition POLICE = new TopicPartition("city.police.police-110", 0);

    @Test
    void shouldAddUpTheTopicsOfAUnit() {
        assertThat(ReaderView.readers(
                        Map.of("platform", Map.of(DUST, 10L, ALERTS, 5L, POLICE, 7L)),
                        Map.of(DUST, 14L, ALERTS, 2L, POLICE, 7L),
                        Map.of(DUST, 20L, ALERTS, 9L, POLICE, 7L)))
                .containsExactly(new Reader("zhangpu", "platform", 14, 4), new Reader("police", "platform", 0, 0));
    }

    /** Kafka gives no offset for a time behind the last record. */
    @Test
    void shouldTakeAllAsOverdueWhereNothingIsNewer() {
        assertThat(ReaderView.readers(Map.of("platform", Map.of(DUST, 10L)), Map.of(DUST, -1L), Map.of(DUST, 14L)))
                .containsExactly(new Reader("zhangpu", "platform", 4, 4));
    }

    /** A reader that commits record by record stands before the end mark of the last transaction for ever. */
    @Test
    void shouldNotTakeTheEndOfATransactionForARecord() {
        assertThat(ReaderView.readers(Map.of("platform", Map.of(DUST, 13L)), Map.of(DUST, -1L), Map.of(DUST, 14L)))
                .containsExactly(new Reader("zhangpu", "platform", 0, 0));
    }

    @Test
    void shouldShowThoseFarthestBehindFirst() {
        assertThat(ReaderView.readers(
                        Map.of("quick", Map.of(DUST, 14L), "slow", Map.of(DUST, 2L), "slower", Map.of(DUST, 1L)),
                        Map.of(DUST, 10L),
                        Map.of(DUST, 14L)))
                .extracting(Reader::group)
                .containsExactly("slower", "slow", "quick");
    }
}
