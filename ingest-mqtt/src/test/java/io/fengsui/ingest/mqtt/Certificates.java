package io.fengsui.ingest.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;

/** A key pair and its certificate for 127.0.0.1, made by the JDK's keytool. */
final class Certificates {
    static final String PASSWORD = "changeit";

    private static final String ALIAS = "broker";

    private final Path directory;
    private final String name;

    Certificates(Path directory, String name) throws Exception {
        this.directory = directory;
        this.name = name;
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        int exit = new ProcessBuilder((keytool + " -genkeypair -alias " + ALIAS
                                + " -keyalg EC -dname CN=127.0.0.1 -ext SAN=ip:127.0.0.1"
                                + " -validity 2 -storetype PKCS12 -storepass " + PASSWORD + " -keystore " + store())
                        .split(" "))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve(name + "-keytool.log").toFile())
                .start()
                .waitFor();
        assertThat(exit).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store())) {
            keys.load(in, PASSWORD.toCharArray());
        }
        pem(certificate(), "CERTIFICATE", keys.getCertificate(ALIAS).getEncoded());
        pem(key(), "PRIVATE KEY", keys.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded());
    }

    private static void pem(Path file, String what, byte[] bytes) throws Exception {
        String body = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(bytes);
        Files.writeString(file, "-----BEGIN " + what + "-----\n" + body + "\n-----END " + what + "-----\n");
    }

    Path store() {
        return directory.resolve(name + ".p12");
    }

    /** PEM, as Kafka's clients take it too. */
    Path certificate() {
        return directory.resolve(name + ".crt");
    }

    /** PEM. */
    Path key() {
        return directory.resolve(name + ".key");
    }
}
