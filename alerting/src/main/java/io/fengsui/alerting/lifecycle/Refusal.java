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
    NO_ASSIGNEE("没有填写交给谁", "The command does not say whom to"),
    ASSIGNEE_TOO_LONG("承办人姓名超过 50 个字", "The name of the assignee is longer than 50 characters"),
    ALREADY_ASSIGNED("告警已经由此人承办", "This person has the alert already"),
    NOT_ASSIGNED("告警没有承办人", "Nobody has the alert"),
    NOBODY_ABOVE("没有更高一级可以上报处置", "There is no level above to escalate to"),
    NO_SUCH_REPORT("值守规则里没有这项报告", "The duty rules have no such report"),
    ALREADY_REPORTED("此项报告已经登记", "This report has been entered already"),
    NO_FIGURES("没有填写要订正的数字，或与现有数字相同", "No figures are given, or none that differ"),
    UNKNOWN_FIGURE("告警没有这项数字", "The alert has no such figure"),
    BAD_FIGURE("数字必须是非负的十进制数，最多 20 项", "Figures must be decimal numbers of 0 or more, at most 20"),
    NO_REASON("订正数字必须写明原因", "Correcting figures needs a reason"),
    TOO_LATE_TO_REVISE("已超过可以订正数字的期限", "The time within which figures may be corrected is over"),
    NOT_AUTHORISED("命令不是从值班台发出的", "The command does not come from a console"),
    NOT_PERMITTED("您的角色不能对这条告警做此操作", "Your role may not do this to this alert"),
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
