package io.fengsui.alerting.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertChange;
import io.fengsui.alert.AlertDelivery;
import io.fengsui.alert.AlertState;
import io.fengsui.alert.ChangeAction;
import io.fengsui.alert.DeliveryOutcome;
import io.fengsui.alerting.board.ReaderSource.Receipt;
import io.fengsui.alerting.console.page.Paths;
import io.fengsui.schema.topic.Realm;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who has applied the withdrawal of a false alarm, on its page. */
class WithdrawalTest {
    private static final String TOPIC = "township.tinglin.alert";

    private final TestConsole console = new TestConsole();
    private final Alert lift = console.samples.entrapment();
    private final String path = Paths.alert(Realm.LIVE, lift.getAlertId());

    @AfterEach
    void close() {
        console.close();
    }

    /** Revision 2 withdraws it. */
    static Alert cancelled(Alert alert) {
        List<AlertChange> history = new ArrayList<>(alert.getHistory());
        Instant at = Instant.now().minusSeconds(60);
        history.add(AlertChange.newBuilder(history.get(0))
                .setRevision(2)
                .setAt(at)
                .setAction(ChangeAction.CANCELLED)
                .setState(AlertState.CANCELLED)
                .setActor("李敏")
                .setReferences(1)
                .build());
        return Alert.newBuilder(alert)
                .setRevision(2)
                .setState(AlertState.CANCELLED)
                .setChangedAt(at)
                .setEndedAt(at)
                .setHistory(history)
                .build();
    }

    @Test
    void shouldSayWhichPlatformHasReadIt() throws Exception {
        console.receipts.add(new Receipt("tinglin", "has-it", 1, 0, 0, null, 8));
        console.receipts.add(new Receipt("tinglin", "<b>late</b>", 1, 3, 0, Instant.now(), 7));
        console.receipts.add(new Receipt("tinglin", "events-only", 1, 0, 0, null));
        console.withdrawn.put(TOPIC, 7L);
        console.show(lift);
        console.readers.poll();
        assertThat(console.get(path).body()).as("it is not withdrawn").doesNotContain("撤销执行情况");

        console.show(cancelled(lift));

        await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> assertThat(part())
                .containsSubsequence("已执行", "亭林城市管理办事处的平台", "has-it", "尚未执行", "&lt;b&gt;late&lt;/b&gt;")
                .contains("没有平台读取告警", "市消防大队的平台")
                .doesNotContain("events-only", "<b>late"));
        assertThat(console.get(path + "?lang=en").body()).contains("Applied", "Not yet", "Platform of Fire Brigade");
    }

    @Test
    void shouldSayThatItDoesNotKnow() throws Exception {
        console.show(cancelled(lift));
        assertThat(part()).contains("未知", "正在读取回执").doesNotContain("已执行");

        console.receipts.add(new Receipt("tinglin", "g", 1, 0, 0, null, 800));
        console.readers.poll();
        assertThat(part())
                .as("the record is not found")
                .contains("未知", "正在查找撤销记录")
                .doesNotContain("已执行");

        console.ahead = Duration.ofMinutes(5);
        assertThat(part()).contains("未知", "起没有回执").doesNotContain("已执行", "没有平台读取告警");
    }

    @Test
    void shouldSayWhatReceiversOutsideOfKafkaMadeOfIt() throws Exception {
        console.show(cancelled(lift));
        deliver("webhook-0", 2, DeliveryOutcome.DELIVERED, 2, null);
        deliver("webhook-1", 2, DeliveryOutcome.RETRY, 1, "503 <i>");
        deliver("cap", 2, DeliveryOutcome.REJECTED, 2, "too large");
        deliver("alertmanager-0", 3, DeliveryOutcome.RETRY, 0, "never had it");

        assertThat(part())
                .containsSubsequence("拒收", "CAP", "too large", "已执行", "尚未执行", "503 &lt;i&gt;")
                .doesNotContain("never had it");
    }

    private void deliver(String receiver, int revision, DeliveryOutcome outcome, int settled, String reason) {
        console.board
                .deliveries()
                .accept(
                        Realm.LIVE,
                        AlertDelivery.newBuilder()
                                .setAlertId(lift.getAlertId())
                                .setReceiver(receiver)
                                .setRevision(revision)
                                .setOutcome(outcome)
                                .setAt(Instant.now())
                                .setAttempts(1)
                                .setReason(reason)
                                .setSettledRevision(settled)
                                .setSettledAt(settled == 0 ? null : Instant.now())
                                .build());
    }

    private String part() throws Exception {
        String page = console.get(path).body();
        int from = page.indexOf("id=\"withdrawal\"");
        return from < 0 ? "" : page.substring(from, page.indexOf("</ul>", from));
    }
}
