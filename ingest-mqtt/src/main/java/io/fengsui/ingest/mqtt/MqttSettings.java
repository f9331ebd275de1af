package io.fengsui.ingest.mqtt;

import java.time.Duration;
import java.util.Optional;

/**
 * How to connect.
 *
 * @param uri broker, tcp://host:port or ssl://host:port
 * @param tls of ssl://, else empty
 * @param user user name and password, if the broker asks for them
 * @param keepAlive longest silence on the wire before a ping; after half as much again the connection is given up
 * @param sessionExpiry how long the broker keeps session and messages of a bridge that is away
 * @param receiveMaximum most messages held without acknowledgement: the bound of memory
 * @param maximumPacketBytes largest packet taken; a broker drops a larger one silently, so its own limit must be lower
 * @param connectTimeout limit for a connect and for a subscribe
 * @param backoffFirst first pause before a new attempt
 * @param backoffLimit longest pause
 * @param flushDelay how long acknowledgements are gathered before they are sent
 * @param stallTimeout a message in flight for longer than this means a stall: the connection is dropped and resumed; one
 *     that is still in its handling after as long again stops the source
 * @param drainTimeout how long close waits for what is in flight
 */
public record MqttSettings(
        String uri,
        Optional<Tls> tls,
        Optional<Credentials> user,
        Duration keepAlive,
        Duration sessionExpiry,
        int receiveMaximum,
        int maximumPacketBytes,
        Duration connectTimeout,
        Duration backoffFirst,
        Duration backoffLimit,
        Duration flushDelay,
        Duration stallTimeout,
        Duration drainTimeout) {

    /** The address alone: TLS is spoken by the socket, below Paho. */
    String plainUri() {
        return uri.replaceFirst("^ssl:", "tcp:");
    }

    /** User name and password. */
    public record Credentials(String name, String password) {
        @Override
        public String toString() {
            return name + ":[hidden]";
        }
    }
}
