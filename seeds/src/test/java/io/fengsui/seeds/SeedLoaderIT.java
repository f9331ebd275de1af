package io.fengsui.seeds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.fengsui.platform.CompactedTable;
import io.fengsui.platform.StartException;
import io.fengsui.reference.Device;
import io.fengsui.schema.topic.Topics;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Steps of one topic's life, in order. */
@TestMethodOrder(OrderAnnotation.class)
class SeedLoaderIT {
    private static EmbeddedKafka kafka;
    private static SeedLoader loader;
    private static SeedSet shipped;

    @BeforeAll
    static void start(@TempDir Path data) throws Exception {
        kafka = new EmbeddedKafka(data);
        loader = new SeedLoader(kafka.clients(), kafka.registry());
        shipped = SeedSet.load(KunshanFiles.DIRECTORY);
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    @Order(1)
    void shouldOnlyTellWhatItWouldDoInADryRun() throws Exception {
        assertThat(loader.compare(shipped)).allMatch(change -> !change.added().isEmpty());
        assertThat(devices()).isEmpty();
    }

    @Test
    @Order(2)
    void shouldPublishEverythingUnderTheKeysOfTheSet() throws Exception {
        List<TableChange> changes = loader.load(shipped, false);

        assertThat(changes)
                .extracting(TableChange::topic)
                .containsExactly(
                        "ref.unit",
                        "ref.site",
                        "ref.device",
                        "ref.route",
                        "ref.parameter",
                        "ref.factor",
                        "ref.maintenance",
                        "ref.rule",
                        "ref.incident",
                        "ref.duty");
        assertThat(devices()).isEqualTo(shipped.devices());
    }

    @Test
    @Order(3)
    void shouldWriteNothingWhenNothingChanged() throws Exception {
        assertThat(loader.load(shipped, false))
                .allMatch(change -> change.added().isEmpty()
                        && change.changed().isEmpty()
                        && change.removed().isEmpty()
                        && change.unchanged() > 0);
    }

    @Test
    @Order(4)
    void shouldWriteOnlyWhatChangedAndRemoveWhatVanished(@TempDir Path directory) throws Exception {
        KunshanFiles.copyTo(directory);
        String devices = KunshanFiles.read(directory, "devices.csv");
        String changed = devices.lines()
                        .filter(line -> !line.startsWith("583090,"))
                        .map(line -> line.startsWith("583089,") ? line.replace("样例电梯", "样例新电梯") : line)
                        .collect(Collectors.joining("\n"))
                + "\n583999,lift-rescue,elevator-119,lift,样例电梯,lift-001,,gw-lift-rescue,,,,,,\n";
        KunshanFiles.write(directory, "devices.csv", changed);

        TableChange change = loader.load(SeedSet.load(directory), false).get(2);

        assertThat(change.added()).containsExactly("583999");
        assertThat(change.changed()).containsExactly("583089");
        assertThat(change.removed()).containsExactly("583090");
        assertThat(change.unchanged()).isEqualTo(shipped.devices().size() - 2);
        assertThat(devices()).containsKey("583999").doesNotContainKey("583090");
    }

    @Test
    @Order(5)
    void shouldRefuseToRemoveManyUnlessToldSo(@TempDir Path directory) throws Exception {
        KunshanFiles.copyTo(directory);
        String devices = KunshanFiles.read(directory, "devices.csv");
        KunshanFiles.write(
                directory,
                "devices.csv",
                devices.lines().filter(line -> !line.contains(",lift,")).collect(Collectors.joining("\n")));
        SeedSet without = SeedSet.load(directory);
        int before = devices().size();

        assertThatThrownBy(() -> loader.load(without, false))
                .isInstanceOf(StartException.class)
                .hasMessageContaining(
                        "ref.device: would remove 90 keys, " + Math.round(9_000.0 / before) + " % of what is there")
                .hasMessageContaining("fengsui seeds load --remove-many");
        assertThat(devices()).hasSize(before);

        loader.load(without, true);
        assertThat(devices()).isEqualTo(without.devices());
    }

    @Test
    @Order(6)
    void shouldNotOverwriteWhatALaterLoaderWroteWhileItLooked(@TempDir Path directory) throws Exception {
        KunshanFiles.copyTo(directory);
        String devices = KunshanFiles.read(directory, "devices.csv");
        KunshanFiles.write(directory, "devices.csv", devices.replace("样例电梯", "样例新电梯"));
        SeedSet newer = SeedSet.load(directory);
        AtomicBoolean looked = new AtomicBoolean();
        SchemaRegistryClient whileLooking = (SchemaRegistryClient) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {SchemaRegistryClient.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("getSchemaById") && looked.compareAndSet(false, true)) {
                        loader.load(newer, true);
                    }
                    return method.invoke(kafka.registry(), arguments);
                });
        SeedLoader earlier = new SeedLoader(kafka.clients(), whileLooking);

        assertThatThrownBy(() -> earlier.load(shipped, true))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("Another loader started meanwhile");

        assertThat(looked).isTrue();
        assertThat(devices()).isEqualTo(newer.devices());
    }

    private static Map<String, Device> devices() throws InterruptedException {
        try (CompactedTable<Device> table = new CompactedTable<>(
                Topics.REF_DEVICE, kafka.clients(), kafka.registry(), "test", (key, value) -> {})) {
            table.start();
            table.awaitLoaded(Duration.ofSeconds(20));
            return Map.copyOf(table.values());
        }
    }
}
