package io.fengsui.alerting.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The users file in force. It is looked at again when somebody is asked for, once a second at most; one that cannot be used is
 * refused, said, and the former stays in force. Safe for use by many threads.
 */
public final class UserDirectory {
    private static final Logger logger = LoggerFactory.getLogger(UserDirectory.class);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    /** What a changed file differs in; its content may be the same. */
    private record Version(
            Instant modified, long size, @Nullable Object key) {}

    private final Path path;
    private UsersFile file;
    private @Nullable Version version;
    private Instant looked = Instant.EPOCH;
    private @Nullable String problem;

    /** @throws UsersFileException if the file cannot be used */
    public UserDirectory(Path path) {
        this.path = path;
        this.version = version();
        this.file = UsersFile.read(path);
    }

    /** The users as of now. */
    public synchronized UsersFile current(Instant now) {
        if (now.isAfter(looked.plus(LOOK_AGAIN)) || now.isBefore(looked)) {
            looked = now;
            look();
        }
        return file;
    }

    /** Whose bearer token this is. */
    public Optional<UserEntry> ownerOf(String token, Instant now) {
        return current(now).owner(token);
    }

    private void look() {
        Version found = version();
        if (found != null && found.equals(version)) {
            return;
        }
        try {
            file = UsersFile.read(path);
            problem = null;
            logger.info("Users read again from {}: {}", path, file.entries().size());
        } catch (UsersFileException e) {
            problem = e.getMessage();
            logger.error("The users file is refused and the former one stays in force:\n{}", problem);
        }
        version = found;
    }

    private @Nullable Version version() {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            return new Version(attributes.lastModifiedTime().toInstant(), attributes.size(), attributes.fileKey());
        } catch (IOException e) {
            return null; // read says what is wrong
        }
    }

    /** Why the file as it stands is not in force; nothing if it is. */
    public synchronized Optional<String> problem() {
        return Optional.ofNullable(problem);
    }
}
