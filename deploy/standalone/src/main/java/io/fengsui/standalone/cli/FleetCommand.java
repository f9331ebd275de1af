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

    @Parameters(
            paramLabel = "SCENARIO",
            description = "Name of a file in scenarios/ of the reference data, such as demo, or a path.")
    private String scenario = "";

    @Option(
            names = "--broker",
            split = ",",
            paramLabel = "URI",
            description = "tcp://host:port, several tried in turn (default: tcp://127.0.0.1:1883).")
    private @Nullable List<URI> brokers;

    @Option(
            names = "--users",
            paramLabel = "FILE",
            description = "Passwords of the vendors, vendor=password (default: data/secrets/mqtt.properties).")
    private @Nullable Path users;

    @Mixin
    private SeedOptions seeds = new SeedOptions();

    @Override
    public Integer call() throws InterruptedException {
        Path file = users == null ? DataDirectory.mqttUsers(Home.locate().data()) : users;
        MqttUsers passwords = MqttUsers.load(file);
        List<URI> where = brokers == null ? List.of(URI.create(Ports.standard().mqttUri())) : brokers;
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
        Shutdown.closing(fleet::stop);
        FleetReport report = fleet.run();
        System.out.print(report);
        return report.unacknowledged() == 0 && report.acknowledgedWithSuccess() >= report.publishedTotal() ? 0 : 1;
    }
}
