package io.fengsui.ingest;

import io.fengsui.reference.Device;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.reference.Dated;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which protected feed keeps a message that is refused: one whose personal data it may hold. It hears of every device, and
 * counts a vendor who once had one of a protected feed until the restart. Safe for use by many threads.
 */
public final class Keepers implements BiConsumer<String, @Nullable Device> {
    private final Map<String, Feed<?>> protectedById;
    private final ConcurrentMap<String, Feed<?>> byVendor = new ConcurrentHashMap<>();

    public Keepers(Collection<Feed<?>> feeds) {
        protectedById = feeds.stream()
                .filter(Feed::isProtected)
                .collect(Collectors.toUnmodifiableMap(Feed::id, Function.identity()));
    }

    @Override
    public void accept(String deviceId, @Nullable Device device) {
        Feed<?> feed = device == null ? null : protectedById.get(device.getFeed());
        if (device != null && feed != null) {
            Dated.DEVICE.rows(device).forEach(row -> byVendor.putIfAbsent(row.getVendor(), feed));
        }
    }

    /**
     * The feed that the topic names; else that of the device, else that of any device of the vendor, unless the message is
     * of a device and feed of the vendor's that are not protected. The topic may have any shape.
     */
    Optional<Feed<?>> of(String mqttTopic, Function<String, Optional<Device>> devices) {
        List<String> levels = Arrays.asList(mqttTopic.split("/", -1));
        return first(levels, protectedById::get)
                .or(() -> first(levels, id -> devices.apply(id)
                        .map(device -> protectedById.get(device.getFeed()))
                        .orElse(null)))
                .or(() -> isAtHome(mqttTopic, devices) ? Optional.empty() : first(levels, byVendor::get));
    }

    private static Optional<Feed<?>> first(List<String> levels, Function<String, @Nullable Feed<?>> find) {
        return levels.stream().<Feed<?>>map(find).filter(Objects::nonNull).findFirst();
    }

    private static boolean isAtHome(String mqttTopic, Function<String, Optional<Device>> devices) {
        return TopicAddress.of(mqttTopic)
                .filter(address -> devices.apply(address.deviceId())
                        .filter(device -> device.getVendor().equals(address.vendor())
                                && device.getFeed().equals(address.feedId()))
                        .isPresent())
                .isPresent();
    }
}
