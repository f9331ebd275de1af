package io.fengsui.standalone.bridge.fault;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * What became of the messages of one trial.
 *
 * @param lasted the fault
 * @param settled from the last message until all had arrived
 * @param published messages
 * @param acknowledged of these, taken by the MQTT broker
 * @param notTaken of these, answered with the reason that nobody has subscribed (MQTT 5, 3.4.2.1: 0x10)
 * @param written different events in Kafka
 * @param deadLetters different messages among the dead letters
 * @param lost acknowledged, and nowhere
 * @param doubled events that a reader was given twice
 * @param outOfOrder events that a reader was given before an earlier one of the same device
 * @param writtenAgain events that the bridge wrote more than once; the streams app drops them
 * @param lifeSafetyP99 from a publisher of life-safety to Kafka after the fault, 99th percentile, ms
 * @param memory largest resident memory of the bridge, MiB
 * @param said the bridge's health in the middle of the fault
 */
public record FaultResult(
        Fault fault,
        Duration lasted,
        Duration settled,
        int published,
        int acknowledged,
        int notTaken,
        int written,
        int deadLetters,
        long lost,
        int doubled,
        int outOfOrder,
        int writtenAgain,
        OptionalLong lifeSafetyP99,
        long memory,
        String said) {

    /** Whether every promise held. */
    public boolean good() {
        return lost == 0 && doubled == 0 && outOfOrder == 0;
    }

    String line() {
        return String.format(
                Locale.ROOT,
                "%-16s published %,d acknowledged %,d (told that nobody takes it %,d) in Kafka %,d dead-lettered %,d lost %,d doubled %,d out of order %,d"
                        + " (written again %,d; life-safety p99 %s ms; fault %.1f s, settled after %.1f s, %d MiB%s)",
                fault.id(),
                published,
                acknowledged,
                notTaken,
                written,
                deadLetters,
                lost,
                doubled,
                outOfOrder,
                writtenAgain,
                p99(),
                lasted.toMillis() / 1e3,
                settled.toMillis() / 1e3,
                memory,
                said.isEmpty() ? "" : "; " + said);
    }

    private String p99() {
        return lifeSafetyP99.isPresent() ? Long.toString(lifeSafetyP99.getAsLong()) : "";
    }

    /** The report's table, in Markdown. */
    public static String table(List<FaultResult> results) {
        StringBuilder table = new StringBuilder(
                "| fault | published | PUBACKed | told 0x10 | in Kafka | dead-lettered | lost | doubled |"
                        + " out of order | written again | life-safety p99 after it, ms | fault, s | settled after, s | bridge, MiB | health meanwhile |\n"
                        + "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|---|\n");
        for (FaultResult result : results) {
            table.append(String.format(
                    Locale.ROOT,
                    "| %s: %s | %,d | %,d | %,d | %,d | %,d | **%,d** | **%,d** | %,d | %,d | %s | %.0f | %.1f | %d | %s |%n",
                    result.fault().id(),
                    result.fault().words(),
                    result.published(),
                    result.acknowledged(),
                    result.notTaken(),
                    result.written(),
                    result.deadLetters(),
                    result.lost(),
                    result.doubled(),
                    result.outOfOrder(),
                    result.writtenAgain(),
                    result.p99(),
                    result.lasted().toMillis() / 1e3,
                    result.settled().toMillis() / 1e3,
                    result.memory(),
                    result.said().isEmpty() ? "" : result.said()));
        }
        return table.toString();
    }
}
