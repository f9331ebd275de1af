package io.fengsui.standalone.cli;

import io.fengsui.ingest.DeviceRegistry;
import io.fengsui.ingest.Keepers;
import io.fengsui.ingest.decode.Decoders;
import io.fengsui.platform.StartException;
import io.fengsui.reference.Device;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.seeds.SeedSet;
import io.fengsui.seeds.Vendor;
import io.fengsui.standalone.conformance.Assessment;
import io.fengsui.standalone.conformance.FileCheck;
import io.fengsui.standalone.conformance.LiveCheck;
import io.fengsui.standalone.conformance.judge.Finding.Status;
import io.fengsui.standalone.conformance.observe.Journal.Plan;
import io.fengsui.standalone.conformance.observe.Reader;
import io.fengsui.standalone.conformance.report.HtmlReport;
import io.fengsui.standalone.conformance.report.TextReport;
import io.fengsui.standalone.process.Ports;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Judges a vendor's connection. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = {
            "Judges a vendor's connection point by point and reports in Chinese and English.",
            "",
            "Opens a port that the vendor's client connects to instead of the broker; every byte is passed on, and the"
                    + " packets are watched. To see the client come back, the connection is cut once (--no-cut); the"
                    + " broker then publishes the client's last will, as at any lost connection.",
            "",
            "With --file, payloads are judged without a connection.",
            "",
            "Exit codes: 0 every point passed, 1 a point failed or could not be judged, 2 wrong usage."
        })
final class VendorCheckCommand implements Callable<Integer> {
    private static final InstantSource CLOCK = InstantSource.system();
    private static final Pattern ADDRESS = Pattern.compile("(?:(?:tcp|mqtt)://)?\\[?([^/]+?)]?:(\\d{1,5})");
    private static final int MAX_PORT = 65_535;
    private static final int PROGRESS_SECONDS = 10;
    private static final long LAST_WORDS_SECONDS = 10;

    @Option(
            names = "--vendor",
            paramLabel = "VENDOR",
            required = true,
            description = "Vendor id, as in seeds/data/kunshan/vendors.csv; also the MQTT user name.")
    private String vendor = "";

    @Mixin
    private FeedOption feed = new FeedOption();

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:0",
            description = "Where the vendor's client is to connect (default: a free port of 127.0.0.1, printed).")
    private String listen = "";

    @Option(
            names = "--broker",
            paramLabel = "URI",
            description = "tcp://host:port of the real broker (default: that of 'fengsui up').")
    private @Nullable String broker;

    @Option(names = "--port-base", paramLabel = "N", description = "The broker of 'fengsui up --port-base N'.")
    private @Nullable Integer portBase;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            defaultValue = "5m",
            converter = TimeSpan.class,
            description = "How long to watch, such as 90s, 5m or 1h (default: ${DEFAULT-VALUE}).")
    private Duration time = Duration.ZERO;

    @Option(names = "--until-complete", description = "End as soon as every point is settled.")
    private boolean untilComplete;

    @Option(names = "--no-cut", description = "Do not cut the connection; reconnect and redelivery are not judged.")
    private boolean noCut;

    @Option(
            names = "--cuts",
            paramLabel = "N",
            defaultValue = "1",
            description = "How often to cut the connection (default: ${DEFAULT-VALUE}).")
    private int cuts;

    @Option(
            names = "--provoke-rejection",
            description =
                    "Tell the client, and nobody else, that one of its messages was refused, and see what it does.")
    private boolean provoke;

    @Option(
            names = "--file",
            paramLabel = "PATH",
            description = "Judge this payload, or those of a directory, instead of a connection.")
    private @Nullable Path file;

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            description = "Device of the payloads of --file (default: the vendor's first of the feed).")
    private @Nullable String device;

    @Option(names = "--html", paramLabel = "FILE", description = "Write the report as one HTML file, too.")
    private @Nullable Path html;

    @Mixin
    private SeedOptions seeds = new SeedOptions();

    @Override
    public Integer call() throws Exception {
        SeedSet city = seeds.load();
        Vendor who = Optional.ofNullable(city.vendors().get(vendor))
                .orElseThrow(() -> new StartException("No vendor '" + vendor + "'; known: "
                        + String.join(", ", city.vendors().keySet())));
        Reader reader = new Reader(
                registry(city),
                Decoders.standard(id -> Optional.ofNullable(city.factors().get(id))));
        if (file != null) {
            return report(FileCheck.of(file, who, feed.feed(), device(city), reader, CLOCK.instant()));
        }
        Ports ports = portBase == null ? Ports.standard() : Ports.from(portBase);
        LiveCheck check = new LiveCheck(
                who,
                feed.feed(),
                new Plan(noCut ? 0 : Math.max(0, cuts), provoke),
                reader,
                address("--listen", listen),
                address("--broker", broker == null ? ports.mqttUri() : broker),
                CLOCK);
        return watch(check);
    }

    /** Ctrl-C ends the watching, and the report is still written. */
    private int watch(LiveCheck check) throws Exception {
        CountDownLatch reported = new CountDownLatch(1);
        Shutdown.closing(() -> {
            check.stop();
            boolean inTime = reported.await(LAST_WORDS_SECONDS, TimeUnit.SECONDS);
            if (!inTime) {
                System.err.println("The report did not come in time");
            }
        });
        try (check) {
            System.out.println("请连接 Connect to tcp://" + check.address().getHostString() + ":"
                    + check.address().getPort() + " (" + vendor + "), " + time.toSeconds() + " s");
            return report(check.run(time, untilComplete, new Progress()::tell));
        } finally {
            reported.countDown();
        }
    }

    private int report(Assessment assessment) {
        System.out.println();
        System.out.print(TextReport.of(assessment));
        if (html != null) {
            try {
                Files.writeString(html, HtmlReport.of(assessment));
            } catch (IOException e) {
                throw new StartException("--html " + html + ": cannot be written: " + e.getMessage(), e);
            }
            System.out.println(html);
        }
        return assessment.passed() ? 0 : 1;
    }

    private String device(SeedSet city) {
        return device != null
                ? device
                : city.devices().values().stream()
                        .filter(d -> d.getVendor().equals(vendor)
                                && d.getFeed().equals(feed.feed().id()))
                        .map(Device::getDeviceId)
                        .findFirst()
                        .orElseThrow(() -> new StartException("Vendor '" + vendor + "' has no device of feed "
                                + feed.feed() + " in the reference data; --device names one"));
    }

    private static DeviceRegistry registry(SeedSet city) {
        Keepers keepers = new Keepers(Feeds.all());
        city.devices().forEach(keepers);
        return new DeviceRegistry(id -> Optional.ofNullable(city.devices().get(id)), keepers);
    }

    /** A host and a port, with tcp:// before them or without. */
    private static InetSocketAddress address(String option, String text) {
        Matcher parts = ADDRESS.matcher(text);
        if (!parts.matches() || Integer.parseInt(parts.group(2)) > MAX_PORT) {
            throw new StartException(option + " " + text + ": expected host:port; the kit speaks plain MQTT, not TLS");
        }
        return new InetSocketAddress(parts.group(1), Integer.parseInt(parts.group(2)));
    }

    /** A line every ten seconds. */
    private static final class Progress {
        private long next = PROGRESS_SECONDS;

        void tell(Assessment now) {
            long seconds = Duration.between(now.from(), now.until()).toSeconds();
            if (seconds < next) {
                return;
            }
            next = seconds + PROGRESS_SECONDS;
            System.out.printf(
                    "  %4d s  messages %,d; passed %d, remarks %d, failed %d, not seen %d%n",
                    seconds,
                    now.messages(),
                    now.count(Status.PASS),
                    now.count(Status.WARN),
                    now.count(Status.FAIL),
                    now.count(Status.NOT_SEEN));
        }
    }

    /** 90s, 5m, 1h. */
    static final class TimeSpan implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            if (!text.matches("[1-9]\\d{0,5}[smh]")) {
                throw new TypeConversionException("'" + text + "' is no time such as 90s, 5m or 1h");
            }
            return Duration.parse("PT" + text);
        }
    }
}
