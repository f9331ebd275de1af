package io.fengsui.alerting.access;

import io.fengsui.platform.Spelling;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;

/**
 * The users of a console, one a line of a CSV file in UTF-8:
 *
 * <pre>
 *   # Comments and empty lines stay where they are when a command changes a line.
 *   name,displayName,role,unit,password,token
 *   limin,李敏,unit-officer,zhangpu,$2a$10$…,
 * </pre>
 *
 * A value, immutable. The changes that commands make are functions of the text, so that no other line is touched.
 */
public final class UsersFile {
    static final List<String> COLUMNS = List.of("name", "displayName", "role", "unit", "password", "token");

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._@-]{0,49}");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    private static final int LONGEST_DISPLAY_NAME = 50;
    /** How histories mark what a rule did; no person may look like one. */
    private static final Pattern RULE = Pattern.compile("(?i)rule:.*");

    private final List<String> lines;
    private final Map<String, UserEntry> byName;
    private final Map<String, UserEntry> byToken = new HashMap<>();

    private UsersFile(List<String> lines, Map<String, UserEntry> byName) {
        this.lines = List.copyOf(lines);
        this.byName = byName;
        byName.values().stream()
                .filter(entry -> !entry.tokenHash().isEmpty())
                .forEach(entry -> byToken.put(entry.tokenHash(), entry));
    }

    /** A file without users, as a first command begins with. */
    public static UsersFile empty() {
        return new UsersFile(List.of(String.join(",", COLUMNS)), Map.of());
    }

    /** @throws UsersFileException that lists every fault with its line and what mends it */
    public static UsersFile read(Path file) {
        try {
            if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
                Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
                if (permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
                    throw new UsersFileException(List.of(file + ": everybody may write it; run: chmod 600 " + file));
                }
            }
            return parse(file.toString(), Files.readString(file));
        } catch (IOException e) {
            throw new UsersFileException(List.of(
                    file + ": cannot be read (" + e + "); 'fengsui users add --file " + file + " NAME' makes one"));
        }
    }

    /**
     * Reads a text.
     *
     * @param place what messages call it
     * @throws UsersFileException that lists every fault
     */
    public static UsersFile parse(String place, String text) {
        List<String> lines = text.lines().toList();
        List<String> faults = new ArrayList<>();
        Map<String, UserEntry> entries = new LinkedHashMap<>();
        boolean headed = false;
        for (int i = 0; i < lines.size(); i++) {
            String line = i == 0 ? lines.get(i).replaceFirst("^\uFEFF", "") : lines.get(i);
            if (isBlank(line)) {
                continue;
            }
            List<String> fields = fields(line);
            if (headed) {
                List<String> found = new ArrayList<>();
                entry(fields, i + 1, entries.values(), found)
                        .ifPresent(e -> entries.put(e.user().name(), e));
                for (String fault : found) {
                    faults.add(place + ":" + (i + 1) + ": " + fault);
                }
            } else if (fields.equals(COLUMNS)) {
                headed = true;
            } else {
                faults.add(place + ":" + (i + 1) + ": the first line must be " + String.join(",", COLUMNS));
                break;
            }
        }
        if (!headed && faults.isEmpty()) {
            faults.add(place + ":1: is empty; 'fengsui users add --file " + place + " NAME' makes a user");
        }
        if (!faults.isEmpty()) {
            throw new UsersFileException(faults);
        }
        return new UsersFile(lines, entries);
    }

    private static boolean isBlank(String line) {
        return line.isBlank() || line.startsWith("#");
    }

    /** A line that is no CSV is one field, and so refused by the count. */
    private static List<String> fields(String line) {
        try (CSVParser parser = CSVParser.parse(line, CSVFormat.DEFAULT)) {
            return Arrays.stream(parser.getRecords().get(0).values())
                    .map(String::strip)
                    .toList();
        } catch (IOException | RuntimeException e) {
            return List.of(line);
        }
    }

    private static Optional<UserEntry> entry(
            List<String> fields, int line, Collection<UserEntry> before, List<String> faults) {
        if (fields.size() != COLUMNS.size()) {
            faults.add("has " + fields.size() + " fields instead of the " + COLUMNS.size() + " of the first line");
            return Optional.empty();
        }
        String name = fields.get(0);
        String displayName = fields.get(1);
        Optional<Role> role = Role.byCode(fields.get(2));
        String unit = fields.get(3);
        String password = fields.get(4);
        String token = fields.get(5);
        nameFault(name).ifPresent(faults::add);
        displayNameFault(displayName).ifPresent(faults::add);
        for (UserEntry other : before) {
            if (other.user().name().equals(name)) {
                faults.add("the name " + name + " stands in line " + other.line() + " already; remove one");
            } else if (other.user().displayName().equals(displayName)) {
                faults.add("the display name " + displayName + " stands in line " + other.line()
                        + " already, and histories could not tell them apart; add the unit to it");
            } else if (!token.isEmpty() && other.tokenHash().equals(token)) {
                faults.add(
                        "the token stands in line " + other.line() + " already; 'fengsui users token' makes another");
            }
        }
        if (role.isEmpty()) {
            faults.add("no such role: '" + fields.get(2) + "'"
                    + Spelling.nearest(
                                    fields.get(2),
                                    Arrays.stream(Role.values()).map(Role::code).toList(),
                                    3)
                            .map(near -> "; did you mean " + near + "?")
                            .orElse("; roles are " + Role.codes()));
        } else if (role.get().hasUnit() && unit.isEmpty()) {
            faults.add("a " + role.get().code() + " needs a unit: its id, as in ref.unit");
        } else if (!role.get().hasUnit() && !unit.isEmpty()) {
            faults.add("a " + role.get().code() + " has no unit; leave it empty");
        }
        if (!password.isEmpty() && !Passwords.isHash(password)) {
            faults.add("the password is no bcrypt hash of cost 10 or more; 'fengsui users passwd " + name
                    + "' writes one");
        }
        if (!token.isEmpty() && !Tokens.isHash(token)) {
            faults.add("the token is no SHA-256 in hexadecimal digits; 'fengsui users token " + name + "' writes one");
        }
        if (!faults.isEmpty() || role.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> ofUnit = Optional.of(unit).filter(id -> !id.isEmpty());
        return Optional.of(new UserEntry(new User(name, displayName, role.get(), ofUnit), password, token, line));
    }

    /** What is wrong with a name; nothing if it is fit. */
    public static Optional<String> nameFault(String name) {
        return NAME.matcher(name).matches()
                ? Optional.empty()
                : Optional.of("the name '" + name
                        + "' must be 1 to 50 of a-z, 0-9, . _ @ - and begin with a letter or digit");
    }

    private static Optional<String> displayNameFault(String name) {
        if (name.isEmpty() || name.codePointCount(0, name.length()) > LONGEST_DISPLAY_NAME) {
            return Optional.of("the display name must have 1 to " + LONGEST_DISPLAY_NAME + " characters");
        }
        if (RULE.matcher(name).matches() || CONTROL.matcher(name).find()) {
            return Optional.of("the display name must not begin with 'rule:' nor hold control characters");
        }
        return Optional.empty();
    }

    public Collection<UserEntry> entries() {
        return byName.values();
    }

    public Optional<UserEntry> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** Whose bearer token this is. */
    public Optional<UserEntry> owner(String token) {
        return Optional.ofNullable(byToken.get(Tokens.hash(token)));
    }

    /**
     * The file with a user added or, by his name, changed; comments and other lines as they are.
     *
     * @throws UsersFileException if it would not be a fit user
     */
    public UsersFile with(User user, String passwordHash, String tokenHash) {
        List<String> changed = new ArrayList<>(lines);
        String line = CSVFormat.DEFAULT.format(
                user.name(), user.displayName(), user.role().code(), user.unit().orElse(""), passwordHash, tokenHash);
        UserEntry former = byName.get(user.name());
        if (former == null) {
            changed.add(line);
        } else {
            changed.set(former.line() - 1, line);
        }
        return parse("the new file", String.join("\n", changed));
    }

    /** Puts it in place of a file in one step, readable by its owner alone. */
    public void write(Path file) throws IOException {
        Path target = file.toAbsolutePath();
        Path directory = Objects.requireNonNull(target.getParent());
        Files.createDirectories(directory);
        Path fresh = Files.createTempFile(directory, "users", ".new"); // for the owner alone, on POSIX
        try {
            if (Files.getFileStore(fresh).supportsFileAttributeView("posix") && Files.exists(target)) {
                Files.setPosixFilePermissions(
                        fresh,
                        PosixFilePermissions.fromString(
                                PosixFilePermissions.toString(Files.getPosixFilePermissions(target))));
            }
            Files.writeString(fresh, String.join("\n", lines) + "\n", StandardCharsets.UTF_8);
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }
}
