package io.fengsui.standalone.conformance.judge;

import io.fengsui.standalone.conformance.judge.Finding.Status;
import io.fengsui.standalone.conformance.observe.Journal;
import io.fengsui.standalone.conformance.observe.Observation.Admission;
import io.fengsui.standalone.conformance.observe.Observation.Notice;
import io.fengsui.standalone.conformance.observe.Observation.Subscription;
import java.util.List;

/** Whether the client listens for rejections. A session that was there before may have it without a SUBSCRIBE. */
final class SubscriptionJudge implements Judge {

    @Override
    public Finding judge(Journal journal) {
        String level = "fengsui/v1/" + journal.vendor() + "/rejected/";
        List<String> filters = journal.all(Subscription.class)
                .flatMap(subscription -> subscription.filters().stream())
                .filter(filter -> filter.startsWith(level))
                .distinct()
                .toList();
        if (!filters.isEmpty()) {
            boolean all = filters.stream().anyMatch(filter -> filter.equals(level + "#") || filter.equals(level + "+"));
            String told = String.join(", ", filters);
            return Finding.of(Point.SUBSCRIPTION, all ? Status.PASS : Status.WARN, told, told);
        }
        if (journal.all(Notice.class).anyMatch(notice -> !notice.provoked())) {
            return Finding.of(Point.SUBSCRIPTION, Status.PASS, "通知已送达", "Notices arrive");
        }
        List<Admission> admitted = journal.all(Admission.class)
                .filter(admission -> admission.reasonCode() == 0)
                .toList();
        if (admitted.isEmpty()) {
            return Finding.notYet(Point.SUBSCRIPTION, "还没有连接", "No connection yet");
        }
        return admitted.get(0).sessionPresent()
                ? Finding.of(
                                Point.SUBSCRIPTION,
                                Status.WARN,
                                "未见订阅；可能是旧会话中的，请每次连接都订阅",
                                "No SUBSCRIBE; it may be of the former session, so subscribe at each connect")
                        .settled(false)
                : Finding.of(Point.SUBSCRIPTION, Status.FAIL, "没有订阅", "No subscription")
                        .settled(false);
    }
}
