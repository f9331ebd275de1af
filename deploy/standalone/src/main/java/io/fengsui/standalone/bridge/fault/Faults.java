package io.fengsui.standalone.bridge.fault;

import io.fengsui.schema.feed.Lane;
import io.fengsui.standalone.process.MosquittoProcess;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The faults of the report, in its order. */
final class Faults {
    /** Bytes beyond which no file may grow: an operating system's answer to a full disk, without one. */
    private static final int FULL = 4_096;

    private Faults() {}

    static List<Fault> all() {
        return List.of(
                new Fault(
                        "none",
                        "nothing; for comparison",
                        trial -> trial.pause(trial.pace().quiet())),
                new Fault("bridge-killed", "kill -9 of the bridge under load, and a new one", Faults::killBridge),
                new Fault("kafka-stopped", "Kafka is stopped, and started again", Faults::stopKafka),
                new Fault("kafka-hung", "Kafka hangs (SIGSTOP), and goes on (SIGCONT)", Faults::hangKafka),
                new Fault("kafka-disk-full", "Kafka can write no more, and is started again", Faults::fillKafka),
                new Fault("registry-down", "the schema registry is stopped, and started again", Faults::stopRegistry),
                new Fault("mqtt-killed", "kill -9 of the MQTT broker, and a start with its data", Faults::killMqtt),
                new Fault("mqtt-disk-full", "the MQTT broker cannot save, while the bridge is away", Faults::fillMqtt),
                new Fault("session-lost", "the MQTT broker drops both sessions of the bridge", Faults::loseSessions),
                new Fault("backlog", "a backlog waits for a bridge that was away", Faults::backlog));
    }

    private static void killBridge(FaultTrial trial) throws Exception {
        trial.bridge().kill();
        trial.bridge().start();
    }

    private static void stopKafka(FaultTrial trial) throws Exception {
        trial.stage().kafka().close();
        trial.pauseAndAsk(trial.pace().down());
        trial.stage().kafka().start();
    }

    private static void hangKafka(FaultTrial trial) throws Exception {
        long pid = trial.stage().kafka().program().orElseThrow().pid();
        run("kill", "-STOP", Long.toString(pid));
        try {
            trial.pauseAndAsk(trial.pace().hung());
        } finally {
            run("kill", "-CONT", Long.toString(pid));
        }
    }

    private static void fillKafka(FaultTrial trial) throws Exception {
        limitFiles(trial.stage().kafka().program().orElseThrow(), Integer.toString(FULL));
        trial.pauseAndAsk(trial.pace().down());
        trial.stage().kafka().kill();
        trial.stage().kafka().start();
    }

    private static void stopRegistry(FaultTrial trial) throws Exception {
        trial.stage().registry().close();
        trial.pauseAndAsk(trial.pace().down());
        trial.stage().registry().start();
    }

    private static void killMqtt(FaultTrial trial) throws Exception {
        trial.stage().mosquitto().kill();
        trial.pauseAndAsk(trial.pace().quiet());
        trial.stage().mosquitto().start();
    }

    private static void fillMqtt(FaultTrial trial) throws Exception {
        ProcessHandle mosquitto = trial.stage().mosquitto().program().orElseThrow();
        limitFiles(mosquitto, Integer.toString(FULL));
        trial.bridge().close();
        trial.pause(trial.pace().down());
        limitFiles(mosquitto, "unlimited");
        trial.bridge().start();
    }

    private static void loseSessions(FaultTrial trial) throws Exception {
        for (Lane lane : Lane.values()) {
            run(
                    MosquittoProcess.program("mosquitto_sub").toString(),
                    "-V",
                    "5",
                    "-p",
                    Integer.toString(trial.stage().mosquitto().port()),
                    "-i",
                    FaultTrial.BRIDGE_ID + "-" + lane.id(),
                    "-t",
                    "none",
                    "-E");
        }
    }

    private static void backlog(FaultTrial trial) throws Exception {
        trial.bridge().close();
        trial.load().hurry(trial.pace().backlog());
        trial.bridge().start();
    }

    private static void limitFiles(ProcessHandle process, String bytes) throws IOException, InterruptedException {
        run("prlimit", "--pid", Long.toString(process.pid()), "--fsize=" + bytes + ":");
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IllegalStateException(String.join(" ", command) + " failed");
        }
    }
}
