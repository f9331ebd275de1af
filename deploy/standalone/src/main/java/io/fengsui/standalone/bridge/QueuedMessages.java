package io.fengsui.standalone.bridge;

import io.fengsui.reference.Device;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.standalone.process.MosquittoProcess;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Fills sessions whose owners are away: readings of dust sensors of about 250 bytes at QoS 1, spread over the devices of the
 * reference data, published by Mosquitto's own client.
 */
final class QueuedMessages {
    private static final long SESSION_SECONDS = 86_400;

    private final BridgeStage stage;
    private final List<Device> devices;

    QueuedMessages(BridgeStage stage) {
        this.stage = stage;
        this.devices = stage.seeds().devices().values().stream()
                .filter(device -> device.getFeed().equals(Feeds.DUST_SENSOR.id()))
                .toList();
    }

    /** Makes the contender's session anew, subscribed and empty. */
    void openSession(Contender contender) throws IOException, InterruptedException {
        run(client("mosquitto_sub", "-i", contender.session(), "-t", "none", "-E"));
        List<String> command = client(
                "mosquitto_sub",
                "-i",
                contender.session(),
                "-c",
                "-x",
                Long.toString(SESSION_SECONDS),
                "-q",
                "1",
                "-E");
        contender.filters().forEach(filter -> command.addAll(List.of("-t", filter)));
        run(command);
    }

    /** Publishes as many messages, with ids of their own. */
    void publish(String round, int messages, Instant time) throws IOException, InterruptedException {
        List<Process> publishers = new ArrayList<>();
        for (int i = 0; i < devices.size(); i++) {
            Device device = devices.get(i);
            Path file = stage.directory().resolve("messages-" + i);
            try (BufferedWriter lines = Files.newBufferedWriter(file)) {
                for (int n = i; n < messages; n += devices.size()) {
                    lines.write(reading(round + "-" + n, n, time));
                    lines.newLine();
                }
            }
            String topic = "fengsui/v1/" + device.getVendor() + "/" + device.getFeed() + "/" + device.getDeviceId();
            publishers.add(new ProcessBuilder(client("mosquitto_pub", "-q", "1", "-t", topic, "-l"))
                    .redirectInput(file.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start());
        }
        for (Process publisher : publishers) {
            check(publisher, "mosquitto_pub");
        }
    }

    private static String reading(String id, int n, Instant time) {
        return String.format(
                Locale.ROOT,
                "{\"messageId\":\"%s\",\"time\":%d,\"collector\":\"DRY\",\"fanRunning\":true,"
                        + "\"hopperTemperatureCelsius\":%.1f,\"differentialPressurePascals\":%.1f,"
                        + "\"airVelocityMetresPerSecond\":%.2f,\"sparkDetected\":false,\"dischargeLockFault\":false}",
                id,
                time.toEpochMilli() - n,
                35 + n % 200 / 10.0,
                800 + n % 900 / 10.0,
                16 + n % 300 / 100.0);
    }

    private List<String> client(String program, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                MosquittoProcess.program(program).toString(),
                "-V",
                "5",
                "-p",
                Integer.toString(stage.mosquitto().port())));
        command.addAll(List.of(arguments));
        return command;
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        check(
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start(),
                command.get(0));
    }

    private static void check(Process process, String program) throws InterruptedException {
        int exit = process.waitFor();
        if (exit != 0) {
            throw new IllegalStateException(program + " ended with " + exit);
        }
    }
}
