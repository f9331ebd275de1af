package io.fengsui.ingest.mqtt;

import java.time.Duration;
import java.util.Optional;

/** Settings with short times, of which a test changes one. */
record SettingsForTest(
        String uri,
        Optional<Tls> tls,
        int receiveMaximum,
        Duration keepAlive,
        Duration connectTimeout,
        Duration stallTimeout) {

    static SettingsForTest of(int port) {
        return new SettingsForTest(
                "tcp://127.0.0.1:" + port,
                Optional.empty(),
                1_000,
                Duration.ofSeconds(30),
                Duration.ofSeconds(5),
                Duration.ofSeconds(30));
    }

    SettingsForTest receiveMaximum(int changed) {
        return new SettingsForTest(uri, tls, changed, keepAlive, connectTimeout, stallTimeout);
    }

    SettingsForTest keepAlive(Duration changed) {
        return new SettingsForTest(uri, tls, receiveMaximum, changed, connectTimeout, stallTimeout);
    }

    SettingsForTest connectTimeout(Duration changed) {
        return new SettingsForTest(uri, tls, receiveMaximum, keepAlive, changed, stallTimeout);
    }

    SettingsForTest stallTimeout(Duration changed) {
        return new SettingsForTest(uri, tls, receiveMaximum, keepAlive, connectTimeout, changed);
    }

    SettingsForTest secured(Optional<Tls> changed) {
        return new SettingsForTest(
                uri.replace("tcp:", "ssl:"), changed, receiveMaximum, keepAlive, connectTimeout, stallTimeout);
    }

    MqttSettings settings() {
        return new MqttSettings(
                uri,
                tls,
                Optional.empty(),
                keepAlive,
                Duration.ofHours(1),
                receiveMaximum,
                1024 * 1024,
                connectTimeout,
                Duration.ofMillis(50),
                Duration.ofMillis(500),
                Duration.ofNanos(500_000),
                stallTimeout,
                Duration.ofSeconds(2));
    }
}
