package io.fengsui.standalone.cli;

import io.fengsui.platform.StartException;
import io.fengsui.standalone.DataDirectory;
import io.fengsui.standalone.Home;
import io.fengsui.standalone.mqtt.MqttUsers;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a vendor needs to connect. */
@Command(
        name = "vendor",
        mixinStandardHelpOptions = true,
        description = "What a vendor needs to connect to the MQTT broker.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {VendorSampleCommand.class, VendorCheckCommand.class})
final class VendorCommand {

    @Command(
            name = "password",
            mixinStandardHelpOptions = true,
            description = {
                "Prints a vendor's MQTT password; the user name is the vendor.",
                "",
                "Passwords are made by the first 'fengsui up' and kept in <data>/secrets/mqtt.properties."
            })
    int password(
            @Parameters(paramLabel = "VENDOR", description = "Vendor id, as in seeds/data/kunshan/vendors.csv.")
                    String vendor,
            @Option(names = "--data", paramLabel = "DIR", description = "Data directory of the run (default: data).")
                    @Nullable
                    Path data) {
        Path directory = data == null ? Home.locate().data() : data;
        MqttUsers users = MqttUsers.load(DataDirectory.mqttUsers(directory));
        System.out.println(users.password(vendor)
                .orElseThrow(() ->
                        new StartException("No vendor '" + vendor + "'; known: " + String.join(", ", users.names()))));
        return 0;
    }
}
