package io.fengsui.standalone.cli;

import io.fengsui.ingest.decode.DecodeException;
import io.fengsui.ingest.decode.DeviceTime;
import io.fengsui.ingest.decode.StrictText;
import io.fengsui.platform.StartException;
import io.fengsui.standalone.docs.VendorSample;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints a payload that is taken as it is. */
@Command(
        name = "sample",
        mixinStandardHelpOptions = true,
        description = {
            "Prints a valid payload of a feed, the sample of docs/feeds.md made current.",
            "",
            "Publish it: mosquitto_pub ... -m \"$(fengsui vendor sample --feed dust-sensor)\""
        })
final class VendorSampleCommand implements Callable<Integer> {

    @Mixin
    private FeedOption feed = new FeedOption();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "json",
            description = "A format of the feed, as in docs/feeds.md (default: ${DEFAULT-VALUE}).")
    private String format = "";

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            description = "The topic's device, for payloads that name it too.")
    private @Nullable String device;

    @Option(names = "--time", paramLabel = "TIME", description = "Time of the event, ISO 8601 (default: now).")
    private @Nullable String time;

    @Override
    public Integer call() throws IOException {
        byte[] payload = sample().at(time(), device);
        System.out.write(payload);
        if (StrictText.utf8(payload).filter(StrictText::isReadable).isPresent()) {
            System.out.println();
        }
        System.out.flush();
        return 0;
    }

    private VendorSample sample() {
        List<VendorSample> samples = VendorSample.of(feed.feed());
        return samples.stream()
                .filter(sample -> sample.format().id().equals(format))
                .findFirst()
                .orElseThrow(() -> new StartException("No sample of " + feed.feed() + " in format '" + format
                        + "'; there is "
                        + samples.stream()
                                .map(sample -> sample.format().id())
                                .distinct()
                                .collect(Collectors.joining(", "))));
    }

    private Instant time() {
        try {
            return time == null ? InstantSource.system().instant() : DeviceTime.parse("--time", time);
        } catch (DecodeException e) {
            throw new StartException("--time: " + e.detail(), e);
        }
    }
}
