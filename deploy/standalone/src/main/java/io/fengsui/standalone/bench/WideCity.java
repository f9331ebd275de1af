package io.fengsui.standalone.bench;

import io.fengsui.reference.Device;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.seeds.SeedSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A copy of the city's reference data with as many more cameras and collectors, at the sites and gateways that there are. */
public final class WideCity {
    private static final String FILE = "devices-bench.csv";
    private static final String HEADER = "deviceId,vendor,feed,type,name,siteId,unitId,gatewayId,heartbeatSeconds,"
            + "longitude,latitude,datum,validFrom,validTo\n";
    private static final String HEARTBEAT_SECONDS = "3600";

    private WideCity() {}

    /**
     * Writes it.
     *
     * @param devices in all; the shipped ones are among them
     */
    public static void write(Path shipped, int devices, Path directory) throws IOException {
        copy(shipped, directory);
        SeedSet seeds = SeedSet.load(shipped);
        List<Device> models = seeds.devices().values().stream()
                .filter(d -> d.getSiteId() != null
                        && (d.getFeed().equals(Feeds.VIDEO_STATUS.id())
                                || d.getFeed().equals(Feeds.DUST_SENSOR.id())))
                .toList();
        StringBuilder rows = new StringBuilder(HEADER);
        for (int i = 0; i < devices - seeds.devices().size(); i++) {
            Device model = models.get(i % models.size());
            rows.append(row(i, model));
        }
        Files.writeString(directory.resolve(FILE), rows);
    }

    /** Silence is told within hours only: at any rate, some of so many devices speak seldom. */
    private static String row(int number, Device model) {
        String id = model.getFeed().equals(Feeds.VIDEO_STATUS.id())
                ? String.format(Locale.ROOT, "3205839942132%07d", number)
                : String.format(Locale.ROOT, "dc-bench-%06d", number);
        return String.join(
                        ",",
                        id,
                        model.getVendor(),
                        model.getFeed(),
                        model.getType(),
                        "样例设备-" + number,
                        model.getSiteId(),
                        "",
                        model.getGatewayId() == null ? "" : model.getGatewayId(),
                        HEARTBEAT_SECONDS,
                        ",,,,")
                + "\n";
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }
}
