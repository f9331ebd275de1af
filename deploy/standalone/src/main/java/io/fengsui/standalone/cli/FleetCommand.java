package io.fengsui.standalone.cli;

import io.fengsui.seeds.fleet.Fleet;
import io.fengsui.seeds.fleet.FleetReport;
import io.fengsui.seeds.fleet.FleetSettings;
import io.fengsui.standalone.DataDirectory;
import io.fengsui.standalone.Home;
import io.fengsui.standalone.mqtt.MqttUsers;
import io.fengsui.standalone.process.Ports;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Publishes a scenario to a broker. */
@Command(
        name = "fleet",
        mixinStandardHelpOptions = true,
        description = {
            "Publishes a scenario to an MQTT broker as the city's vendors would; Ctrl-C ends it.",
            "",
            "Counts the acknowledgements; 'fengsui drill' also accounts for what became of the messages."
        })
final class FleetCommand implements Callable<Integer> {

    /** Longer than the fleet waits for its last acknowledgements. */
    private static final long LAST_REPORT_SECONDS = 40;

    @Parameters(
            paramLabel = "SCENARIO",
            description = "Name of a file in scenarios/ of the reference data, such as demo, or a path.")
    private String scenario = "";

    @Option(
            names = "--broker",
            split = ",",
            paramLabel = "URI",
            description = "tcp://host:port, several tried in turn (default: that of 'fengsui up').")
    private @Nullable List<URI> brokers;

    @Option(
            names = "--users",
            paramLabel = "FILE",
            description = "Passwords of the vendors, vendor=password (default: those of 'fengsui up').")
    private @Nullable Path users;

    @Option(names = "--port-base", paramLabel = "N", description = "The broker of 'fengsui up --port-base N'.")
    private @Nullable Integer portBase;

    @Option(names = "--data", paramLabel = "DIR", description = "The passwords of 'fengsui up --data DIR'.")
    private @Nullable Path data;

    @Mixin
    private SeedOptions seeds = new SeedOptions();

    @Override
    public Integer call() throws InterruptedException {
        Path directory = data == null ? Home.locate().data() : data;
        MqttUsers passwords = MqttUsers.load(users == null ? DataDirectory.mqttUsers(directory) : users);
        Ports ports = portBase == null ? Ports.standard() : Ports.from(portBase);
        List<URI> where = brokers == null ? List.of(URI.create(ports.mqttUri())) : brokers;
        Fleet fleet = new Fleet(
                seeds.scenario(scenario),
                seeds.load(),
                new FleetSettings(
                        where,
                        vendor -> passwords.password(vendor).orElse(null),
                        InstantSource.system(),
                        System::nanoTime,
                        now -> System.out.printf(
                                "  %4d s  published %,d, acknowledged %,d%n",
                                now.elapsed().toSeconds(), now.published(), now.acknowledged())));
        CountDownLatch told = new CountDownLatch(1);
        Shutdown.closing(() -> {
            fleet.stop();
            boolean inTime = told.await(LAST_REPORT_SECONDS, TimeUnit.SECONDS);
            if (!inTime) {
                System.err.println("The last acknowledgements did not come; no report");
            }
        });
        FleetReport report;
        try {
            report = fleet.run();
            System.out.print(report);
        } finally {
            told.countDown();
        }
        return report.unacknowledged() == 0 && report.acknowledgedWithSuccess() >= report.publishedTotal() ? 0 : 1;
    }
}
