package io.fengsui.standalone.conformance;

import io.fengsui.platform.StartException;
import io.fengsui.schema.feed.Feed;
import io.fengsui.seeds.Vendor;
import io.fengsui.standalone.conformance.judge.Judges;
import io.fengsui.standalone.conformance.observe.Journal;
import io.fengsui.standalone.conformance.observe.Observation;
import io.fengsui.standalone.conformance.observe.Observation.Message;
import io.fengsui.standalone.conformance.observe.Reader;
import io.fengsui.standalone.conformance.observe.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Judges payloads in files, as if a device sent each now. */
public final class FileCheck {
    private static final Journal.Plan NOTHING = new Journal.Plan(0, false);

    private FileCheck() {}

    /**
     * Judges a file, or every file of a directory.
     *
     * @param deviceId device that they are to be of
     * @throws StartException if there is no file, or it cannot be read
     */
    public static Assessment of(Path path, Vendor vendor, Feed<?> feed, String deviceId, Reader reader, Instant now) {
        String topic = String.join("/", "fengsui", "v1", vendor.id(), feed.id(), deviceId);
        List<Observation> messages = new ArrayList<>();
        try {
            for (Path file : files(path)) {
                byte[] payload = Files.readAllBytes(file);
                Reading reading = reader.read(topic, null, null, payload, now)
                        .from(file.getFileName().toString());
                messages.add(new Message(now, 0, 1, false, false, 0, reading));
            }
        } catch (IOException e) {
            throw new StartException("--file " + path + ": cannot be read: " + e.getMessage(), e);
        }
        if (messages.isEmpty()) {
            throw new StartException("--file " + path + ": there is no file in it");
        }
        Journal journal = new Journal(vendor.id(), feed.id(), false, NOTHING, messages, now);
        return new Assessment(vendor, feed, path.toString(), now, now, messages.size(), false, Judges.judge(journal));
    }

    private static List<Path> files(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
