package io.fengsui.standalone.docs;

import java.util.List;
import java.util.stream.Stream;

/** docs/contracts/README.md: what the contracts for machines are, and what they cannot say. */
final class ContractsPage {
    private ContractsPage() {}

    static Page page() {
        return new Markdown("Contracts for machines")
                .table(
                        List.of("file", "what"),
                        Stream.of(
                                List.of(
                                        "`asyncapi.yaml`",
                                        "Both sides, AsyncAPI 3.0: MQTT channels of the vendors, Kafka topics."),
                                List.of("`<feed>.schema.json`", "The JSON of a feed, JSON Schema 2020-12."),
                                List.of("`rejection.schema.json`", "The notice of a refused message."),
                                List.of("`avro/<Record>.avsc`", "The record of a Kafka topic, whole in one file.")))
                .section("What a JSON Schema cannot say")
                .paragraph(
                        "The schemas are as strict as the bridge where they can be. A payload that one takes may still be refused:")
                .table(
                        List.of("reason", "why"),
                        Stream.of(
                                List.of(
                                        "`NOT_UTF8`, `NOT_JSON`, `NOT_FINITE`, `TOO_DEEP`, `EMPTY`, `OVERSIZED`",
                                        "They are about bytes, before"
                                                + " there is JSON: encoding, a field twice, `NaN`, nesting, size."),
                                List.of(
                                        "`CLOCK_IN_FUTURE`, `CLOCK_ABSURD`",
                                        "The time of arrival is not in the payload."),
                                List.of(
                                        "`DEVICE_MISMATCH`, `UNKNOWN_DEVICE`, `WRONG_VENDOR`, `WRONG_FEED`",
                                        "The topic and the registry are not" + " in the payload."),
                                List.of(
                                        "`CONTRADICTION`",
                                        "Two fields against each other, such as an arrival before the dispatch."),
                                List.of(
                                        "`BAD_TIME`, in part",
                                        "A day that its month does not have, such as 30 February.")))
                .paragraph(
                        "Lengths: JSON Schema counts blanks around a text, and a character beyond the basic plane once; the bridge strips"
                                + " the blanks and counts such a character twice.")
                .page("contracts/README.md");
    }
}
