package io.fengsui.standalone.mqtt;

import io.fengsui.platform.StartException;
import java.io.IOException;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Names and passwords of those who may connect to the MQTT broker: the vendors, and the bridge. */
public final class MqttUsers {

    /** User name of the bridge. */
    public static final String BRIDGE = "fengsui-bridge";

    private static final int PASSWORD_BYTES = 18;

    private final Map<String, String> passwords;

    private MqttUsers(Map<String, String> passwords) {
        this.passwords = Map.copyOf(passwords);
    }

    /**
     * Reads the file, gives everybody who is new a random password and writes it back, readable by the owner alone.
     *
     * @param file properties: user name = password; made if missing
     */
    public static MqttUsers prepare(Path file, Collection<String> vendors) {
        Map<String, String> passwords = new TreeMap<>(Files.exists(file) ? read(file) : Map.of());
        SecureRandom random = new SecureRandom();
        boolean changed = passwords.putIfAbsent(BRIDGE, password(random)) == null;
        for (String vendor : vendors) {
            changed |= passwords.putIfAbsent(vendor, password(random)) == null;
        }
        if (changed) {
            write(file, passwords);
        }
        return new MqttUsers(passwords);
    }

    /** Reads the file as it is. */
    public static MqttUsers load(Path file) {
        if (!Files.exists(file)) {
            throw new StartException(file + ": no such file; 'fengsui up' makes it, --data says where");
        }
        return new MqttUsers(read(file));
    }

    public Optional<String> password(String user) {
        return Optional.ofNullable(passwords.get(user));
    }

    public Collection<String> names() {
        return passwords.keySet();
    }

    /** The user whose name a client id is, or begins with before a '-'; the longest name counts. */
    Optional<String> ownerOf(String clientId) {
        return passwords.keySet().stream()
                .filter(name -> clientId.equals(name) || clientId.startsWith(name + "-"))
                .max(Comparator.comparingInt(String::length));
    }

    /** Takes as long for a wrong password as for the right one. */
    boolean admits(String user, ByteBuffer password) {
        byte[] given = new byte[password.remaining()];
        password.duplicate().get(given);
        byte[] expected = passwords.getOrDefault(user, "").getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(expected, given) && expected.length > 0;
    }

    private static Map<String, String> read(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new StartException(file + ": cannot be read as user=password lines: " + e.getMessage(), e);
        }
        return properties.stringPropertyNames().stream()
                .collect(Collectors.toMap(name -> name, properties::getProperty));
    }

    private static void write(Path file, Map<String, String> passwords) {
        String text = passwords.entrySet().stream()
                .map(e -> e.getKey() + "=" + e.getValue() + "\n")
                .collect(Collectors.joining());
        try {
            Path directory = Objects.requireNonNull(file.toAbsolutePath().getParent());
            Files.createDirectories(directory);
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
            Path fresh = Files.createTempFile(directory, "mqtt", ".new");
            Files.writeString(fresh, text);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new StartException(file + ": cannot be written: " + e.getMessage(), e);
        }
    }

    private static String password(SecureRandom random) {
        byte[] bytes = new byte[PASSWORD_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
