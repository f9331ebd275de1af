package io.fengsui.standalone.cli;

import io.fengsui.standalone.letters.LetterScan;
import java.io.PrintWriter;
import picocli.CommandLine.Command;

/** What people do about messages that were refused. */
@Command(
        name = "dead-letters",
        mixinStandardHelpOptions = true,
        description = {
            "Lists the messages that were refused, shows one, and sends them in again once the cause is mended.",
            "",
            "A letter's address is <topic>/<partition>/<offset>. Letters are kept for 30 days. Who may read which is",
            "up to Kafka's ACLs."
        },
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {ListLettersCommand.class, ShowLetterCommand.class, ReplayLettersCommand.class})
final class DeadLettersCommand {

    /** A scan that tells its progress among the errors. */
    static LetterScan scan(ClusterOptions cluster, PrintWriter err) throws InterruptedException {
        cluster.admin().close();
        return new LetterScan(cluster.clients(), cluster.registry(), read -> err.printf("  %,d records read%n", read));
    }
}
