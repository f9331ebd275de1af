package io.fengsui.alerting.console.page;

import io.fengsui.alert.CommandLevel;
import io.fengsui.alerting.lifecycle.Reporting.Standing;

/** Texts about who must act and by when; as {@link Word} otherwise. */
public enum DutyWord implements Phrase {
    DUTY("值守时限", "Duty"),
    LEVEL_UNKNOWN("处置层级未知", "Level unknown"),
    LEVEL_UNIT("区镇处置", "The unit must act"),
    LEVEL_DEPARTMENT("市级部门处置", "The department must act"),
    LEVEL_CITY("市指挥中心处置", "The city's command must act"),
    RISEN_DEPARTMENT("已升级至部门", "Escalated to department"),
    RISEN_CITY("已升级至市级", "Escalated to city command"),
    WHO_ACTS("处置层级", "Who must act"),
    ESCALATED_TO("升级后另送", "Also sent to, by escalation"),
    NEXT_STEP("无人确认将升级", "Rises unless acknowledged"),
    RISES_IN("%s后升级", "rises in %s"),
    RISES_NOW("即将升级", "rises now"),
    TO_LEVEL("%s：%s", "%s: %s"),
    ASSIGNEE("承办人", "In the hands of"),
    ASSIGNED_TO("承办 %s", "with %s"),
    ASSIGNED_SINCE("%s，自 %s", "%s, since %s"),
    FLAPPING("反复发生 %s 次", "flapping, %s times"),
    FLAPPING_QUIET("反复发生 %s 次，目前平稳", "flapping, %s times, quiet now"),
    FLAPPING_TEXT(
            "短时间内反复发生和解除，按一条告警处理：不再逐次提示，规则持续平稳后自动解除。已发生 %s 次。",
            "It fires and clears again and again and is kept as one alert: nobody is told each time, and it ends by itself when its rule stays quiet. Raised %s times so far."),
    REPORTS("信息报告", "Reports upwards"),
    REPORT_TO("%s，报 %s", "%s, to %s"),
    STANDING_OPEN("还有 %s", "%s left"),
    STANDING_MISSED("超时 %s", "overdue by %s"),
    STANDING_MET("按时，%s 由 %s 报", "in time: %s by %s"),
    STANDING_LATE("迟报，%s 由 %s 报", "late: %s by %s"),
    STANDING_WAITING("前一项报告后起算", "counts from the report before"),
    DUE_AT("时限 %s", "due %s"),
    REPORT_LEFT("%s 还有 %s", "%s: %s left"),
    REPORT_OVERDUE("%s 超时 %s", "%s: overdue by %s"),
    REPORT_SOURCE("依据：%s", "Source: %s"),
    REVISED("订正后的数字", "Corrected figures"),
    REVISED_BY("%s 由 %s 订正，修订 %s", "%s by %s, revision %s"),
    MORE_ACTIONS("承办、升级、上报、订正…", "Take, escalate, report, correct…"),
    WHOM("交给", "Hand over to"),
    WHOM_HINT("最多 50 字", "At most 50 characters"),
    DO_TAKE("由我承办", "I take it"),
    DO_ASSIGN("交给此人", "Hand over"),
    DO_RETURN("退回，暂无人承办", "Give it back"),
    DO_ESCALATE("升级处置…", "Escalate…"),
    DO_REPORT("登记已上报", "Enter as reported"),
    DO_REVISE("订正数字", "Correct the figure"),
    NEW_SEVERITY("订正后的级别", "Severity by it"),
    SAME_SEVERITY("仍为%s", "Still %s"),
    SEVERITY_HINT(
            "规则分级（按原报数字自动判定，不随订正改变）：",
            "How the rule grades, by figures as they were reported; it does not look at corrected ones:"),
    STEP("%s：%s", "%s: %s"),
    WHICH_REPORT("已完成的报告", "Report made"),
    WHICH_FIGURE("数字", "Figure"),
    NEW_VALUE("订正为", "Correct to"),
    NEW_VALUE_HINT("须在上面写明原因；送达所有收到过本告警的单位", "Give the reason above; all who received the alert are told"),
    DONE_ASSIGN("已登记承办人。", "Entered who has it."),
    DONE_RETURN("已退回。", "Given back."),
    DONE_ESCALATE("已升级。", "Escalated."),
    DONE_REPORT("已登记上报。", "Entered as reported."),
    DONE_REVISE("数字已订正，已告知所有收到过的单位。", "Corrected; all who received the alert are told."),
    CHANGE_LEVEL("改由：%s", "From now on: %s"),
    CHANGE_ASSIGNEE("承办人：%s", "In the hands of: %s"),
    CHANGE_REPORT("报告：%s", "Report: %s"),
    CHANGE_FIGURES("订正：%s（替代修订 %s）", "Corrected: %s (replaces revision %s)"),
    ENDED_STILL(
            "告警已结束：仍可加备注、登记上报、订正数字。若再次发生会自动重新打开。",
            "The alert has ended; comments, reports and corrected figures can still be entered. It opens by itself if it happens again.");

    private final String zh;
    private final String en;

    DutyWord(String zh, String en) {
        this.zh = zh;
        this.en = en;
    }

    static DutyWord of(CommandLevel level) {
        return valueOf("LEVEL_" + level.name());
    }

    static DutyWord of(Standing standing) {
        return valueOf("STANDING_" + standing.name());
    }

    @Override
    public String in(Language language) {
        return language == Language.ZH ? zh : en;
    }
}
