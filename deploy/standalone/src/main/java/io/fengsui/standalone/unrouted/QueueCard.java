package io.fengsui.standalone.unrouted;

import io.fengsui.ops.Unrouted;
import io.fengsui.ops.UnroutedReplay;
import io.fengsui.standalone.letters.Language;
import io.fengsui.standalone.letters.Moment;
import io.fengsui.standalone.letters.Printable;
import io.fengsui.streams.route.UnroutedReason;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Everything about one event of the queue but what it says, for people. */
public final class QueueCard {
    private static final int LABEL = 14;

    private final Language language;
    private final Consumer<String> out;

    public QueueCard(Language language, Consumer<String> out) {
        this.language = language;
        this.out = out;
    }

    public void print(Unrouted entry, ReplayLog log) {
        line("事件编号", "event id", entry.getEventId());
        for (UnroutedReason reason : QueueTable.reasonsOf(entry)) {
            line("原因", "reason", reason.name() + "  " + language.say(reason.zh(), reason.en()));
            line("处理办法", "remedy", reason.remedy());
        }
        line("缺少什么", "missing", entry.getDetail());
        line("类别", "feed", entry.getFeed());
        line("设备", "device", entry.getDeviceId());
        line("性质", "status", entry.getStatus().name());
        line("时间", "unrouted", Moment.shown(entry.getUnroutedAt()) + " (" + entry.getUnroutedAt() + ")");
        entry.getDeliveredTo().forEach(topic -> line("已送达", "delivered to", topic));
        log.of(entry.getEventId()).forEach(this::replay);
        line(
                "状态",
                "state",
                log.settled(entry.getEventId()) ? language.say("已了结", "settled") : language.say("未了", "open"));
    }

    private void replay(UnroutedReplay replay) {
        line(
                "重放",
                "replayed",
                Moment.shown(replay.getReplayedAt()) + ", " + replay.getActor() + ": "
                        + String.join(", ", replay.getDeliveredTo()));
        line("备注", "note", replay.getNote());
    }

    private void line(String zh, String en, @Nullable String text) {
        if (text != null) {
            out.accept(Printable.pad(language.say(zh, en), LABEL) + Printable.of(text));
        }
    }
}
