package io.fengsui.standalone.docs;

import io.fengsui.standalone.conformance.judge.Point;
import io.fengsui.standalone.conformance.judge.Words;
import java.util.Arrays;
import java.util.List;

/** docs/conformance.md: what a vendor's connection is judged by. */
final class ConformancePage {
    private ConformancePage() {}

    static Page page() {
        return new Markdown("Vendor conformance 厂商接入检查")
                .paragraph("`fengsui vendor check` 站在厂商客户端与代理之间，逐项评判连接，原样转发每个字节。"
                        + "`fengsui vendor check` stands between a vendor's client and the broker, passes every byte on and judges"
                        + " the connection point by point.")
                .code("sh", """
                        ./fengsui vendor sample --feed dust-sensor --device dc-006-1     # a valid payload
                        ./fengsui vendor check --vendor dust-one --feed dust-sensor \\
                          --until-complete --provoke-rejection --html report.html        # prints the port to connect to
                        ./fengsui vendor check --vendor dust-one --feed dust-sensor --file payloads/
                        """)
                .section("What the kit does to a connection")
                .paragraph(
                        "Nothing but the following. It cuts the TCP connection once (`--cuts N`, `--no-cut`), right after a message"
                                + " has gone to the broker and before its acknowledgement can come back: a message is then under way, and"
                                + " the client must send it again. As at any lost connection the broker publishes the client's last will,"
                                + " so the gateway counts as down until it says it is up.")
                .paragraph(
                        "With `--provoke-rejection` it sends the client one rejection notice in the bridge's form, reason"
                                + " `CONTRADICTION`, about a message that was taken; the detail says that the kit made it. The notice goes"
                                + " to this client alone, at QoS 0, so that the broker hears of no acknowledgement that it does not expect."
                                + " It is sent only to a client that has subscribed to its rejections, after the cuts. A real notice of"
                                + " the bridge is judged alike.")
                .paragraph(
                        "A client that connects by TLS needs a TLS endpoint in front of the kit; the kit speaks plain MQTT on both sides."
                                + " Neither passwords nor payloads are kept. Of a feed with personal data the report quotes nothing of a message.")
                .section("Points 评判项")
                .paragraph(
                        "通过 PASS、提醒 WARN、不通过 FAIL、未见 NOT SEEN。Exit code 0: nothing failed and nothing that could be judged is left"
                                + " open; 1 otherwise; 2 wrong usage. A point that this connection cannot show (a device without a period, a cut"
                                + " that was not asked for) is not left open.")
                .table(
                        List.of("point", "规则 rule", "补救 remedy"),
                        Arrays.stream(Point.values())
                                .map(point -> List.of(both(point.title()), both(point.rule()), both(point.remedy()))))
                .page("conformance.md");
    }

    private static String both(Words words) {
        return escaped(words.zh()) + " " + escaped(words.en());
    }

    /** What stands for a name in a topic is no HTML. */
    private static String escaped(String text) {
        return text.replace("<", "&lt;");
    }
}
