package io.fengsui.standalone.bridge;

import io.fengsui.ingest.Slots;
import io.fengsui.ingest.mqtt.Slot;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.feed.Lane;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topics;
import io.fengsui.standalone.ExternalApp;
import io.fengsui.standalone.process.ChildProcess;
import io.fengsui.standalone.process.MosquittoProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Who is measured: the bridge, and what people would use instead. */
final class Contenders {
    /** Where those arrive that only copy. */
    static final String RAW_TOPIC = "bench.raw";

    private static final String EVERYTHING = "fengsui/#";
    /** Of every session: as many messages without acknowledgement at a time. */
    static final int RECEIVE_MAXIMUM = 1_000;

    private final BridgeStage stage;
    private final Path peers;

    /** @param peers where the build put the peers' classes and libraries */
    Contenders(BridgeStage stage, Path peers) {
        this.stage = stage;
        this.peers = peers;
    }

    /** Everything on: decode, validation, device check, Avro, ordered acknowledgements, metrics. */
    Contender fengsui() {
        String id = "bench-fengsui";
        Slot telemetry = Slots.of(id, List.of()).all().stream()
                .filter(slot -> slot.lane() == Lane.TELEMETRY)
                .findFirst()
                .orElseThrow();
        List<String> topics = List.of(
                Topics.feed(Realm.LIVE, Feeds.DUST_SENSOR).name(),
                Topics.deadLetter(null).name());
        return new Contender("fengsui", telemetry.clientId(), telemetry.filters(), topics, () -> {
            ExternalApp bridge = stage.bridge("bridge", Map.of("ingest.bridge.id", id));
            bridge.start();
            return running(bridge::program, bridge::close);
        });
    }

    /** Apache Camel, one message at a time: the next is taken when Kafka has the record. */
    Contender camelSync() {
        return camel("camel-sync", true);
    }

    /** Apache Camel, acknowledging each when Kafka has the record, in whatever order that is; many at a time. */
    Contender camelAsync() {
        return camel("camel-async", false);
    }

    private Contender camel(String id, boolean synchronous) {
        return new Contender(id, id, List.of(EVERYTHING), List.of(RAW_TOPIC), () -> {
            ChildProcess process = new ChildProcess(
                    id,
                    List.of(
                            ChildProcess.java(),
                            "-Xmx256m",
                            "-XX:+UseSerialGC",
                            "-cp",
                            peers.resolve("classes") + ":" + peers.resolve("lib") + "/*",
                            "io.fengsui.benchmarks.CamelBridge",
                            stage.mosquitto().uri(),
                            id,
                            EVERYTHING,
                            stage.kafka().bootstrapServers(),
                            RAW_TOPIC,
                            Boolean.toString(synchronous)),
                    stage.directory().resolve(id + ".log"),
                    stage.directory().resolve(id + ".pid"));
            process.start();
            return running(process::program, () -> {
                try {
                    process.kill();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        });
    }

    /** mosquitto_sub into kcat: no decoding, no guarantee. */
    Contender cPipe() {
        String id = "c-pipe";
        return new Contender(id, id, List.of(EVERYTHING), List.of(RAW_TOPIC), () -> {
            List<Process> pipeline = ProcessBuilder.startPipeline(List.of(
                    new ProcessBuilder(
                            MosquittoProcess.program("mosquitto_sub").toString(),
                            "-V",
                            "5",
                            "-p",
                            Integer.toString(stage.mosquitto().port()),
                            "-i",
                            id,
                            "-c",
                            "-x",
                            "86400",
                            "-D",
                            "CONNECT",
                            "receive-maximum",
                            Integer.toString(RECEIVE_MAXIMUM),
                            "-q",
                            "1",
                            "-t",
                            EVERYTHING),
                    new ProcessBuilder(
                                    MosquittoProcess.program("kcat").toString(),
                                    "-P",
                                    "-b",
                                    stage.kafka().bootstrapServers(),
                                    "-t",
                                    RAW_TOPIC)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)));
            return new Contender.Running() {
                @Override
                public Stream<ProcessHandle> processes() {
                    return pipeline.stream().map(Process::toHandle);
                }

                @Override
                public void close() {
                    pipeline.forEach(Process::destroy);
                }
            };
        });
    }

    /** All, in the order of the results. */
    List<Contender> all() {
        return List.of(fengsui(), camelAsync(), camelSync(), cPipe());
    }

    private static Contender.Running running(Supplier<Optional<ProcessHandle>> program, Runnable end) {
        return new Contender.Running() {
            @Override
            public Stream<ProcessHandle> processes() {
                return program.get().stream();
            }

            @Override
            public void close() {
                end.run();
            }
        };
    }
}
