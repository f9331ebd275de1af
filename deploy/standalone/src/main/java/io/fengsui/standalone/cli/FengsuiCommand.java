package io.fengsui.standalone.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists the commands. */
@Command(
        name = "fengsui",
        version = "fengsui 0.1.0",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Stream pipeline of a city's emergency command: MQTT to township topics and alerts.",
            "",
            "Start with 'fengsui up' and open http://127.0.0.1:8080."
        },
        commandListHeading = "%nCommands:%n",
        footer = {"", "'fengsui help COMMAND' explains one. Exit codes: 0 done, 1 failed, 2 wrong usage."},
        subcommands = {
            UpCommand.class,
            DrillCommand.class,
            BenchCommand.class,
            FaultsCommand.class,
            FleetCommand.class,
            AppCommand.Ingest.class,
            AppCommand.Streams.class,
            AppCommand.Alerting.class,
            TopicsCommand.class,
            SeedsCommand.class,
            RulesCommand.class,
            TailCommand.class,
            LedgerCommand.class,
            TraceCommand.class,
            DeadLettersCommand.class,
            UnroutedCommand.class,
            UsersCommand.class,
            VendorCommand.class,
            DocsCommand.class,
            HelpCommand.class
        })
final class FengsuiCommand implements Runnable {

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        Objects.requireNonNull(spec).commandLine().usage(System.out);
    }
}
