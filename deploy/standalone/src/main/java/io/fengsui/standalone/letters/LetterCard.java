package io.fengsui.standalone.letters;

import io.fengsui.ops.DeadLetter;
import io.fengsui.ops.DeadLetterReplay;
import io.fengsui.ops.ReplayOutcome;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Everything about one letter, for people. */
public final class LetterCard {
    private static final int LABEL = 14;

    private final Language language;
    private final Consumer<String> out;

    public LetterCard(Language language, Consumer<String> out) {
        this.language = language;
        this.out = out;
    }

    public void print(Letter letter, ReplayHistory history) {
        DeadLetter content = letter.content();
        line("地址", "address", letter.address().toString());
        line("原因", "reason", content.getReason() + "  " + language.reason(letter));
        letter.reason().ifPresent(reason -> line("处理办法", "remedy", language.remedy(reason)));
        line("字段", "field", content.getField());
        line("说明", "detail", content.getDetail());
        line("类别", "feed", content.getFeed());
        line("厂商", "vendor", content.getVendor());
        line("设备", "device", content.getDeviceId());
        line("消息编号", "message id", content.getMessageId());
        line("事件编号", "event id", content.getEventId());
        line("性质", "status", content.getStatus().name());
        line("收到时间", "received", Moment.shown(content.getReceivedAt()) + " (" + content.getReceivedAt() + ")");
        line("环节", "refused by", content.getStage() + ", " + content.getProcess());
        line("MQTT 主题", "MQTT topic", letter.shownTopic().orElse(null));
        if (content.getKafkaTopic() != null) {
            line(
                    "Kafka 记录",
                    "Kafka record",
                    content.getKafkaTopic() + "/" + content.getKafkaPartition() + "/" + content.getKafkaOffset());
        }
        if (letter.keeper().isEmpty()) {
            line("内容类型", "content type", content.getContentType());
        }
        history.last(letter.address()).ifPresent(this::replay);
        payload(letter);
    }

    private void replay(DeadLetterReplay replay) {
        boolean refused = replay.getNewReason() != null;
        line(
                "重放",
                "replayed",
                Moment.shown(replay.getReplayedAt()) + ", " + replay.getActor() + ", " + replay.getOutcome() + ": "
                        + (refused ? replay.getNewReason() : String.join(", ", replay.getEventIds())));
        if (replay.getOutcome() == ReplayOutcome.SENDING) {
            line(
                    "",
                    "",
                    language.say(
                            "尚在进行或已中断；再次重放时查明",
                            "it is under way or was broken off; the next replay finds out what came of it"));
        }
        line("备注", "note", replay.getNote());
    }

    private void payload(Letter letter) {
        byte[] payload = letter.payload();
        if (payload == null) {
            line("内容", "payload", language.say("无", "none"));
        } else if (letter.keeper().isPresent()) {
            line(
                    "内容",
                    "payload",
                    language.say(
                            payload.length + " 字节；该类别含个人信息，不显示",
                            payload.length + " bytes, not shown: the feed holds personal data"));
        } else {
            line("内容", "payload", language.say(payload.length + " 字节", payload.length + " bytes"));
            out.accept("");
            out.accept(PayloadView.of(payload));
        }
    }

    private void line(String zh, String en, @Nullable String text) {
        if (text != null) {
            out.accept(Printable.pad(language.say(zh, en), LABEL) + Printable.of(text));
        }
    }
}
