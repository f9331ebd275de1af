package io.fengsui.ingest.decode;

import io.fengsui.reference.Factor;
import io.fengsui.reference.VendorFactors;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.rejection.Rejection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/**
 * The test vectors under {@code feed/<feed>/}. {@code ok-<name>.<ext>} is decoded as {@code ok-<name>.expected} says, a
 * line {@code path = value} a field; {@code bad-<REASON>[-<field>][@<variant>].<ext>} is refused with that reason and
 * field. A name with "nvr" comes from a recorder.
 */
final class Vectors {
    static final Instant RECEIVED_AT = Instant.parse("2026-11-23T00:00:30Z");
    static final String VENDOR = "acme";

    private static final Path ROOT = Path.of("src/test/resources/feed");
    private static final Pattern BAD = Pattern.compile("bad-([A-Z0-9_]+)(?:-([A-Za-z.]+))?(?:@.*)?");
    /** Codes that say what they are of: t1 in °C, d1 in mg/m³, p1 in kPa, v1 in m/s, two signals, the second upside down. */
    static final VendorFactors FACTORS = new VendorFactors(
            VENDOR,
            false,
            List.of(
                    factor("t1", "hopperTemperatureCelsius", 1, 0),
                    factor("d1", "dustGramsPerCubicMetre", 0.001, 0),
                    factor("p1", "differentialPressurePascals", 1_000, 0),
                    factor("v1", "airVelocityMetresPerSecond", 1, 0),
                    factor("fan", "fanRunning", 1, 0),
                    factor("lock", "dischargeLockFault", -1, 1)));

    static final Decoders DECODERS =
            Decoders.standard(vendor -> vendor.equals(VENDOR) ? Optional.of(FACTORS) : Optional.empty());

    private Vectors() {}

    private static Factor factor(String code, String field, double scale, double offset) {
        return Factor.newBuilder()
                .setCode(code)
                .setField(field)
                .setScale(scale)
                .setOffset(offset)
                .build();
    }

    record Vector(Feed<?> feed, Path file) {
        byte[] payload() {
            return read(file);
        }

        String name() {
            String name = file.getFileName().toString();
            return name.substring(0, name.lastIndexOf('.'));
        }

        List<? extends IndexedRecord> decode() {
            return decode(RECEIVED_AT);
        }

        List<? extends IndexedRecord> decode(Instant receivedAt) {
            return DECODERS.decode(feed, null, report(feed, payload(), name().contains("nvr"), receivedAt));
        }

        Rejection reason() {
            return Rejection.valueOf(parsed().group(1));
        }

        @Nullable
        String field() {
            return parsed().group(2);
        }

        Map<String, String> expected() {
            Map<String, String> expected = new LinkedHashMap<>();
            for (String line : new String(read(file.resolveSibling(name() + ".expected")), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                int equals = line.indexOf(" = ");
                expected.put(line.substring(0, equals), line.substring(equals + 3));
            }
            return expected;
        }

        private Matcher parsed() {
            Matcher matcher = BAD.matcher(name());
            if (!matcher.matches()) {
                throw new IllegalArgumentException(file + " is not named bad-<REASON>[-<field>][@<variant>].<ext>");
            }
            return matcher;
        }

        @Override
        public String toString() {
            return feed + "/" + file.getFileName();
        }
    }

    static Stream<Vector> good() {
        return all("ok-").filter(v -> !v.file().toString().endsWith(".expected"));
    }

    static Stream<Vector> bad() {
        return all("bad-");
    }

    static List<? extends IndexedRecord> decode(Feed<?> feed, byte[] payload, boolean recorder) {
        return DECODERS.decode(feed, null, report(feed, payload, recorder, RECEIVED_AT));
    }

    static Decoded<?> decodePart(Feed<?> feed, byte[] payload) {
        return DECODERS.decodePart(feed, null, report(feed, payload, false, RECEIVED_AT));
    }

    static Report report(Feed<?> feed, byte[] payload, boolean recorder, Instant receivedAt) {
        boolean video = feed.equals(Feeds.VIDEO_STATUS);
        String camera = recorder ? "32058300001180000001" : "32058300001320000001";
        String device = video ? camera : feed.id() + "-1";
        return new Report(
                feed,
                VENDOR,
                device,
                recorder ? "nvr" : video ? "camera" : "other",
                "fengsui/v1/" + VENDOR + "/" + feed.id() + "/" + device,
                null,
                false,
                receivedAt,
                "fengsui-bridge-" + feed.lane().id(),
                new Body(payload));
    }

    /** The value of a path such as header.source.format, as text. */
    static String value(List<? extends IndexedRecord> events, String path) {
        if (path.equals("count")) {
            return Integer.toString(events.size());
        }
        Matcher indexed = Pattern.compile("\\[(\\d+)]\\.(.*)").matcher(path);
        Object value = events.get(indexed.matches() ? Integer.parseInt(indexed.group(1)) : 0);
        for (String field : (indexed.matches() ? indexed.group(2) : path).split("\\.")) {
            IndexedRecord record = (IndexedRecord) value;
            value = record.get(record.getSchema().getField(field).pos());
        }
        if (value instanceof ByteBuffer bytes) {
            byte[] copy = new byte[bytes.remaining()];
            bytes.duplicate().get(copy);
            return HexFormat.of().formatHex(copy);
        }
        return String.valueOf(value);
    }

    /** A folder beside the repository, where captured messages may be. */
    static Optional<Path> shared(String name) {
        for (Path dir = Path.of("").toAbsolutePath(); dir != null; dir = dir.getParent()) {
            Path shared = dir.resolve("../shared").normalize().resolve(name);
            if (Files.isDirectory(shared)) {
                return Optional.of(shared);
            }
        }
        return Optional.empty();
    }

    private static Stream<Vector> all(String prefix) {
        return Feeds.all().stream().flatMap(feed -> {
            try (Stream<Path> files = Files.list(ROOT.resolve(feed.id()))) {
                return files
                        .filter(file -> file.getFileName().toString().startsWith(prefix))
                        .sorted()
                        .map(file -> new Vector(feed, file))
                        .toList()
                        .stream();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
