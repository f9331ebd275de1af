package io.fengsui.streams.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.fengsui.event.BeidouReport;
import io.fengsui.event.EventHeader;
import io.fengsui.event.EventSource;
import io.fengsui.event.EventStatus;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.report.BeidouText;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topics;
import io.fengsui.streams.assembly.FragmentSet;
import io.fengsui.streams.assembly.FragmentSetSerde;
import io.fengsui.streams.device.DeviceKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is known of parts after a task started again over its store, and what is kept. */
class ReportAssemblyTest {
    private static final Instant START = Instant.parse("2026-11-23T00:00:00Z");
    private static final DeviceKey DEVICE = new DeviceKey(Realm.LIVE, "bd-1");

    private final MockSchemaRegistryClient registry = new MockSchemaRegistryClient();
    private final Codecs codecs = new Codecs(registry);
    private final KeyValueStore<String, FragmentSet> store = Stores.keyValueStoreBuilder(
                    Stores.inMemoryKeyValueStore(ReportAssembly.STORE), Serdes.String(), new FragmentSetSerde())
            .withLoggingDisabled()
            .build();
    private Instant now = START;
    private ReportAssembly assembly;

    @BeforeEach
    void start() throws Exception {
        registry.register(
                Topics.feed(Realm.LIVE, Feeds.BEIDOU_REPORT).subject(), new AvroSchema(Feeds.BEIDOU_REPORT.schema()));
        store.init(new MockProcessorContext<Void, Void>().getStateStoreContext(), store);
        restart();
    }

    private void restart() {
        assembly = new ReportAssembly(store, codecs);
    }

    @Test
    void shouldJoinPartsOverARestart() {
        assertThat(send("灾1#A-1/2:初涝")).isEmpty();
        restart();
        assertThat(send("灾1#A-2/2:I")).containsExactly("灾1#A:初涝I");
        restart();
        assertThat(send("灾1#A-1/2:初涝")).isEmpty();
    }

    @Test
    void shouldRememberADeadlineOverARestart() {
        send("灾1#A-1/2:初涝");
        restart();
        assertThat(tick(Duration.ofSeconds(239))).isEmpty();
        restart();
        assertThat(tick(Duration.ofSeconds(1))).containsExactly("灾1#A:初涝[缺2/2]");
        restart();
        assertThat(tick(Duration.ofSeconds(1))).isEmpty();
    }

    @Test
    void shouldForgetPartsInTheEnd() {
        send("灾1#A-1/2:初涝");
        send("灾1#A-2/2:I");
        send("灾1#B-2/2:I");
        tick(Duration.ofMinutes(5));
        assertThat(store.approximateNumEntries()).isEqualTo(2);
        tick(Duration.ofHours(24));
        assertThat(store.approximateNumEntries()).isZero();
    }

    private List<String> send(String text) {
        BeidouReport.Builder event = BeidouReport.newBuilder()
                .setHeader(EventHeader.newBuilder()
                        .setEventId("acme/bd-1/" + text)
                        .setVendor("acme")
                        .setDeviceId("bd-1")
                        .setEventTime(now)
                        .setReceivedAt(now)
                        .setStatus(EventStatus.ACTUAL)
                        .setSource(EventSource.newBuilder()
                                .setMqttTopic("fengsui/v1/acme/beidou-report/bd-1")
                                .setFormat("beidou-2.1")
                                .setBridge("b")
                                .build())
                        .build());
        BeidouText.fill(event, text, now);
        return assembly.onEvent(DEVICE, ReportAssembly.event(event.build(), codecs)).stream()
                .map(BeidouReport::getText)
                .toList();
    }

    private List<String> tick(Duration later) {
        now = now.plus(later);
        List<String> texts = new ArrayList<>();
        assembly.tick(now, 10, report -> texts.add(report.getText()));
        return texts;
    }
}
