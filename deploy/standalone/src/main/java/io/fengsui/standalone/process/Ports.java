package io.fengsui.standalone.process;

import io.fengsui.platform.StartException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Ports of a standalone run, all on the loopback address.
 *
 * @param mqtt MQTT broker
 * @param kafka Kafka broker
 * @param controller Kafka's controller, used by the broker alone
 * @param registry schema registry
 * @param console duty console, API and metrics
 */
public record Ports(int mqtt, int kafka, int controller, int registry, int console) {

    public static final String HOST = "127.0.0.1";

    private static final int COUNT = 5;

    /** The ports people expect; the controller keeps clear of Alertmanager, which has 9093. */
    public static Ports standard() {
        return new Ports(1883, 9092, 19093, 8081, 8080);
    }

    /**
     * Consecutive ports.
     *
     * @param base the MQTT port; Kafka, its controller, the registry and the console follow
     */
    public static Ports from(int base) {
        if (base < 1 || base + COUNT > 65_536) {
            throw new StartException("--port-base " + base + ": expected 1.." + (65_536 - COUNT));
        }
        return new Ports(base, base + 1, base + 2, base + 3, base + 4);
    }

    /** Ports that nobody listens on now. */
    public static Ports free() {
        int[] ports = free(COUNT);
        return new Ports(ports[0], ports[1], ports[2], ports[3], ports[4]);
    }

    /** As many different ports that nobody listens on now. */
    public static int[] free(int count) {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return sockets.stream().mapToInt(ServerSocket::getLocalPort).toArray();
        } catch (IOException e) {
            throw new StartException("No free port on " + HOST + ": " + e.getMessage(), e);
        } finally {
            sockets.forEach(Ports::close);
        }
    }

    /**
     * Checks that all are free.
     *
     * @throws StartException that names every port in use, what it is for, and the remedy
     */
    public void requireFree() {
        List<String> taken = new ArrayList<>();
        byUse().forEach((use, port) -> {
            if (!isFree(port)) {
                taken.add("port " + port + " (" + use + ")");
            }
        });
        if (!taken.isEmpty()) {
            throw new StartException("In use on " + HOST + ": " + String.join(", ", taken)
                    + ". Stop what listens there, or move all ports with --port-base, for example --port-base 21000");
        }
    }

    /** Each port by what it is for. */
    public Map<String, Integer> byUse() {
        Map<String, Integer> uses = new LinkedHashMap<>();
        uses.put("MQTT", mqtt);
        uses.put("Kafka", kafka);
        uses.put("Kafka controller", controller);
        uses.put("schema registry", registry);
        uses.put("console", console);
        return uses;
    }

    public String bootstrapServers() {
        return HOST + ":" + kafka;
    }

    /** Confluent's API of the registry. */
    public String registryUrl() {
        return "http://" + HOST + ":" + registry + "/apis/ccompat/v7";
    }

    public String consoleUrl() {
        return "http://" + HOST + ":" + console;
    }

    public String mqttUri() {
        return "tcp://" + HOST + ":" + mqtt;
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new StartException("A port could not be given back: " + e.getMessage(), e);
        }
    }
}
