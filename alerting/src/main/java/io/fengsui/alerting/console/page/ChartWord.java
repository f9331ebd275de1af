package io.fengsui.alerting.console.page;

/** Texts of the readings around an alert; as {@link Word} otherwise. */
public enum ChartWord implements Phrase {
    READINGS("告警前后的读数", "Readings around the alert"),
    READINGS_SHOW("查看读数曲线", "Show the readings"),
    READINGS_WAIT("正在读取…", "Being read…"),
    READINGS_SPAN("%s 至 %s，设备时间", "%s to %s, by the device's clock"),
    READINGS_SHORTENED(
            "该单位此类数据太多，只读取告警前后这一段。", "This unit has too much of this feed; only this time around the alert was read."),
    READINGS_NONE(
            "这段时间没有读到此设备的读数：可能没有上报，也可能已超过保存期。",
            "No reading of this device was found for this time: it reported none, or they are no longer kept."),
    READINGS_UNAVAILABLE(
            "读数暂时无法读取（%s）。告警本身不受影响，稍后自动重试。",
            "The readings cannot be read now (%s). The alert itself is not affected; tried again soon."),
    READINGS_SOURCE(
            "来自主题 %s，虚线为规则发出本告警时的阈值。",
            "From topic %s; dashed lines are the limits as they were when the rule last spoke."),
    CHART_TEXT("%s：%s 条读数，最低 %s，最高 %s，最后 %s %s（%s）。", "%s: %s readings, lowest %s, highest %s, last %s %s (%s)."),
    CHART_LIMIT("%s %s", "%s: %s"),
    CHART_TABLE("读数表", "As a table"),
    CHART_TIME("时间", "Time"),
    CHART_LOWEST("最低", "Lowest"),
    CHART_HIGHEST("最高", "Highest"),
    CHART_LAST("最后", "Last"),
    MARK_RAISED("发生", "Raised"),
    MARK_ACKNOWLEDGED("确认", "Acknowledged"),
    MARK_ENDED("结束", "Ended");

    private final String zh;
    private final String en;

    ChartWord(String zh, String en) {
        this.zh = zh;
        this.en = en;
    }

    @Override
    public String in(Language language) {
        return language == Language.ZH ? zh : en;
    }
}
