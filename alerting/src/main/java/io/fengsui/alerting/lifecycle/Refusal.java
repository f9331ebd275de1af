package io.fengsui.alerting.lifecycle;

/** Why a signal or a command is not carried out. The name is the tag of the counter and the code in the console's answer. */
public enum Refusal {
    NO_SUCH_ALERT("没有这条告警", "There is no such alert"),
    ENDED("告警已经结束", "The alert has ended"),
    ALREADY_ACKNOWLEDGED("告警已经确认", "The alert is acknowledged already"),
    CHANGED_SINCE("告警在您查看之后已有变化，请重新查看", "The alert has changed since you saw it; look again"),
    NO_ACTOR("没有填写操作人", "The command does not say who asks"),
    EMPTY_COMMENT("备注为空", "The comment is empty"),
    NOTE_TOO_LONG("备注超过 1000 个字", "The note is longer than 1,000 characters"),
    UNKNOWN_ACTION("无法识别的操作", "The action is of a newer version, or of none");

    private final String zh;
    private final String en;

    Refusal(String zh, String en) {
        this.zh = zh;
        this.en = en;
    }

    public String zh() {
        return zh;
    }

    public String en() {
        return en;
    }
}
