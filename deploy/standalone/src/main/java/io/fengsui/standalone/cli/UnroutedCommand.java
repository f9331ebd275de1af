package io.fengsui.standalone.cli;

import io.fengsui.schema.topic.Topics;
import io.fengsui.standalone.letters.RecordScan;
import io.fengsui.standalone.unrouted.Queue;
import io.fengsui.standalone.unrouted.QueueFilter;
import io.fengsui.standalone.unrouted.ReplayLog;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import picocli.CommandLine.Command;

/** What people do about events that somebody misses. */
@Command(
        name = "unrouted",
        mixinStandardHelpOptions = true,
        description = {
            "Lists events that a reader misses, puts a unit in charge, and sends them on to whoever has not got them.",
            "",
            "Events wait for 30 days. Those of a feed with personal data are meant only where --feed names it. Who may read",
            "which is up to Kafka's ACLs."
        },
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ListUnroutedCommand.class,
            ShowUnroutedCommand.class,
            AssignCommand.class,
            ReplayUnroutedCommand.class
        })
final class UnroutedCommand {

    /** A scan that tells its progress among the errors. */
    static RecordScan scan(ClusterOptions cluster, PrintWriter err) throws InterruptedException {
        cluster.admin().close();
        return new RecordScan(
                cluster.clients(), cluster.registry(), "unrouted", read -> err.printf("  %,d records read%n", read));
    }

    static ReplayLog log(RecordScan scan) {
        ReplayLog log = new ReplayLog();
        scan.read(Topics.UNROUTED_REPLAY, null, (record, replay) -> log.add(replay));
        return log;
    }

    static Queue queue(RecordScan scan, QueueFilter filter) {
        Queue queue = new Queue(filter, log(scan));
        scan.read(filter.topic(), filter.since(), (record, entry) -> queue.add(entry));
        return queue;
    }

    /** Asks a person. */
    static boolean agreed(String question, PrintWriter err) throws IOException {
        err.print(question + " [y/N] ");
        err.flush();
        String answer = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())).readLine();
        if (answer == null) {
            err.println();
        }
        return answer != null && answer.strip().equalsIgnoreCase("y");
    }
}
