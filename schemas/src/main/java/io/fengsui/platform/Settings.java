package io.fengsui.platform;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/**
 * Settings as given: from a properties file, then from the environment (the key in capitals with '_' for '.', '-'), then
 * from the caller; later ones win. Each value knows where it came from, so that a wrong one can be named.
 */
public final class Settings {
    private final Map<String, String> values = new TreeMap<>();
    private final Map<String, String> origins = new HashMap<>();

    private Settings() {}

    public static Settings empty() {
        return new Settings();
    }

    /** Reads a properties file, UTF-8. */
    public static Settings fromFile(Path file) {
        String text;
        try {
            text = Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new StartException(file + ": no such file; give a properties file with --config", e);
        } catch (IOException e) {
            throw new StartException(file + ": cannot be read: " + e.getMessage(), e);
        }
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IOException | IllegalArgumentException e) {
            throw new StartException(file + ": is no properties file: " + e.getMessage(), e);
        }
        Settings settings = new Settings();
        List<String> lines = text.lines().toList();
        for (String key : properties.stringPropertyNames()) {
            settings.put(key, properties.getProperty(key), file + lineOf(lines, key));
        }
        return settings;
    }

    /**
     * Takes every variable of the environment that names a key of the definition, or one below a prefix.
     *
     * @param passThrough prefixes whose keys belong to a client; '_' in a variable stands for '.' there
     */
    public Settings withEnvironment(
            Map<String, String> environment, ConfigDef definition, Collection<String> passThrough) {
        Map<String, String> keys = new HashMap<>();
        for (String variable : environment.keySet()) {
            String key = variable.toLowerCase(Locale.ROOT).replace('_', '.');
            if (variableOf(key).equals(variable) && passThrough.stream().anyMatch(key::startsWith)) {
                keys.put(variable, key);
            }
        }
        definition.names().forEach(key -> keys.put(variableOf(key), key));
        keys.forEach((variable, key) -> {
            String value = environment.get(variable);
            if (value != null) {
                put(key, value, "environment variable " + variable);
            }
        });
        return this;
    }

    public Settings with(String key, String value) {
        put(key, value, "command line");
        return this;
    }

    public Settings with(Map<String, String> more) {
        more.forEach(this::with);
        return this;
    }

    public Map<String, String> values() {
        return Map.copyOf(values);
    }

    /** Environment variable of a key. */
    public static String variableOf(String key) {
        return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    /**
     * Checks all values against the definition at once.
     *
     * @param passThrough prefixes whose keys belong to a client and are not checked here
     * @throws StartException that lists every wrong key with its place and what was expected
     */
    public AbstractConfig parse(ConfigDef definition, String... passThrough) {
        List<String> problems = new ArrayList<>();
        Set<String> known = definition.names();
        for (String key : values.keySet()) {
            if (!known.contains(key) && !startsWithAny(key, passThrough)) {
                problems.add(origins.get(key) + ": " + key + ": no such setting" + suggestion(key, known));
            }
        }
        for (ConfigDef.ConfigKey key : definition.configKeys().values()) {
            String value = values.get(key.name);
            try {
                Object parsed = value == null ? key.defaultValue : ConfigDef.parseType(key.name, value, key.type);
                if (value == null && !key.hasDefault()) {
                    problems.add(key.name + ": is missing; set it in the properties file or as " + variableOf(key.name)
                            + " (" + key.documentation + ")");
                } else if (key.validator != null && value != null) {
                    key.validator.ensureValid(key.name, parsed);
                }
            } catch (ConfigException e) {
                problems.add(origins.get(key.name) + ": " + key.name + ": expected "
                        + expected(key) + ", found '" + (key.type == ConfigDef.Type.PASSWORD ? "[hidden]" : value)
                        + "'");
            }
        }
        if (!problems.isEmpty()) {
            throw new StartException("Settings are wrong:\n  " + String.join("\n  ", problems));
        }
        return new AbstractConfig(definition, values, false);
    }

    private static String expected(ConfigDef.ConfigKey key) {
        String type = key.type.toString().toLowerCase(Locale.ROOT);
        return key.validator == null ? type : type + " " + key.validator;
    }

    private void put(String key, String value, String origin) {
        values.put(key, value.strip());
        origins.put(key, origin);
    }

    private static String lineOf(List<String> lines, String key) {
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.startsWith(key)
                    && line.substring(key.length()).stripLeading().matches("[=:].*|")) {
                return ":" + (i + 1);
            }
        }
        return "";
    }

    private static boolean startsWithAny(String key, String... prefixes) {
        for (String prefix : prefixes) {
            if (key.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    private static String suggestion(String key, Set<String> known) {
        return Spelling.nearest(key, known, 2)
                .map(k -> "; did you mean " + k + "?")
                .orElse("; docs/configuration.md lists them");
    }
}
