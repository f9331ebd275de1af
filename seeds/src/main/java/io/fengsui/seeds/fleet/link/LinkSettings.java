package io.fengsui.seeds.fleet.link;

import java.net.URI;
import java.util.List;

/**
 * How a connection is made.
 *
 * @param brokers tcp://host:port, tried in turn
 * @param clientId MQTT client id
 * @param vendor MQTT user name
 * @param password its password
 */
public record LinkSettings(List<URI> brokers, String clientId, String vendor, String password) {

    /** Without the password. */
    @Override
    public String toString() {
        return clientId + " as " + vendor + " at " + brokers;
    }
}
