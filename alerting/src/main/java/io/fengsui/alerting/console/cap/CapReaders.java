package io.fengsui.alerting.console.cap;

import io.fengsui.platform.StartException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who may read which units' messages, by a file: a line each with name, SHA-256 of the token in hexadecimal, and units with commas
 * or {@code *} for the whole city; {@code #} begins a comment. A token is long and random, so that its plain hash cannot be turned
 * back. A file that was changed counts within a request; one that is wrong then leaves the former in force. For any thread.
 */
public final class CapReaders {
    private static final Logger logger = LoggerFactory.getLogger(CapReaders.class);
    private static final Pattern LINE =
            Pattern.compile("([A-Za-z0-9_-]{1,50})\\s+([0-9a-fA-F]{64})\\s+(\\*|[a-z0-9-]+(?:,[a-z0-9-]+)*)");

    private final @Nullable Path file;
    private final boolean open;
    private List<Line> lines = List.of();
    private @Nullable FileTime read;

    /** Somebody who may read. */
    public record Reader(String name, Set<String> units, boolean all) {
        boolean mayRead(String unit) {
            return all || units.contains(unit);
        }
    }

    /** @param hash in small hexadecimal letters */
    private record Line(Reader reader, String hash) {}

    private CapReaders(@Nullable Path file, boolean open) {
        this.file = file;
        this.open = open;
    }

    /** Everybody may read everything: for a server that only this machine reaches. */
    public static CapReaders everybody() {
        return new CapReaders(null, true);
    }

    /** Nobody may read: a server that others reach has no file of readers. */
    public static CapReaders nobody() {
        return new CapReaders(null, false);
    }

    /** @throws StartException that names line and remedy if the file is wrong or not there */
    public static CapReaders of(Path file) {
        CapReaders readers = new CapReaders(file, false);
        readers.load(file);
        return readers;
    }

    /** Whether there is anybody at all. */
    boolean isClosed() {
        return file == null && !open;
    }

    /** Compares with every line in the same time, whichever it is. */
    Optional<Reader> byToken(@Nullable String token) {
        if (open) {
            return Optional.of(new Reader("everybody", Set.of(), true));
        }
        Reader found = null;
        if (token != null) {
            byte[] hash = hash(token).getBytes(StandardCharsets.US_ASCII);
            for (Line line : current()) {
                if (MessageDigest.isEqual(line.hash().getBytes(StandardCharsets.US_ASCII), hash)) {
                    found = line.reader();
                }
            }
        }
        return Optional.ofNullable(found);
    }

    private synchronized List<Line> current() {
        Path from = file;
        if (from != null) {
            try {
                if (!Files.getLastModifiedTime(from).equals(read)) {
                    load(from);
                }
            } catch (IOException | StartException e) {
                logger.error("The former readers of CAP stay in force: {}", e.getMessage());
            }
        }
        return lines;
    }

    private synchronized void load(Path from) {
        try {
            FileTime time = Files.getLastModifiedTime(from);
            lines = parse(from, Files.readAllLines(from));
            read = time;
        } catch (IOException e) {
            throw new StartException(from + ": cannot be read: " + e.getMessage() + "; see docs/delivery.md", e);
        }
    }

    private static List<Line> parse(Path file, List<String> texts) {
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            String text = texts.get(i).replaceFirst("#.*", "").strip();
            if (text.isEmpty()) {
                continue;
            }
            Matcher line = LINE.matcher(text);
            if (!line.matches()) {
                throw new StartException(file + ":" + (i + 1)
                        + ": expected name, SHA-256 of the token (64 hexadecimal digits), and units with commas or *");
            }
            boolean all = line.group(3).equals("*");
            Set<String> units =
                    all ? Set.of() : Set.copyOf(List.of(line.group(3).split(",")));
            lines.add(new Line(
                    new Reader(line.group(1), units, all), line.group(2).toLowerCase(Locale.ROOT)));
        }
        return List.copyOf(lines);
    }

    private static String hash(String token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
