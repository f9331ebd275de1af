package io.fengsui.alerting.console.page;

/** Texts of the monthly figures, of withdrawals and of readers that do not read; as {@link Word} otherwise. */
public enum ReportWord implements Phrase {
    NAV_REPORTS("月报", "Figures"),
    TITLE("%s突发事件告警月报", "Monthly figures of alerts, %s"),
    THE_CITY("全市", "The city"),
    MONTH("月份", "Month"),
    SHOW("查看", "Show"),
    MADE_AT("制表时间 %s", "Made at %s"),
    NOT_OVER("本月未结束，数字截至制表时间。", "This month is not over; figures are as of the time above."),
    NOTHING("本月没有告警。", "There were no alerts in this month."),
    UNREADABLE("历史数据暂时无法读取：%s。请稍后再试。", "What is past cannot be read now: %s. Try again in a moment."),
    BAD_MONTH("没有这个月份，显示的是本月。", "There is no such month; this one is shown."),
    CSV("下载 CSV", "Download CSV"),
    PRINT("打印", "Print"),
    BY_UNIT("各单位", "By unit"),
    BY_FEED("按数据来源", "By feed"),
    UNIT("单位", "Unit"),
    UNIT_ID("单位编号", "Unit id"),
    EVENTS("告警数", "Alerts"),
    OPEN("未结束", "Open"),
    ACKNOWLEDGE("确认用时", "To acknowledge"),
    ARRIVE("到场用时", "To arrive"),
    RESOLVE("办结用时", "To resolve"),
    MEDIAN("中位", "median"),
    P90("90%分位", "p90"),
    KNOWN("有记录数", "known"),
    MINUTES("分钟", "minutes"),
    OF_SO_MANY("其中 %s 条", "%s known"),
    ESCALATIONS("升级次数", "Escalations"),
    DEADLINES("信息报告", "Reports upwards"),
    MET("按时", "In time"),
    MISSED("超时", "Missed"),
    PENDING("未到时限", "Not due yet"),
    FALSE_ALARMS("误报", "False alarms"),
    FLAPPING("反复发生", "Flapping"),
    NO_FEED("采集与平台自身", "Intake and platforms"),
    CITY_TOTAL("全市合计", "City total"),
    NOBODYS("不属于任何单位", "Of no unit"),
    COUNTED(
            "按告警发生的月份（北京时间）统计，每次发生计一次；一条告警涉及几个单位，各单位分别计，全市只计一次。演练和测试不计入。",
            "Counted in the month in which an alert was raised (Asia/Shanghai), each occurrence once; one of several units counts for each of them and once for the city. Exercises and tests are not counted."),
    TIMES_ARE(
            "用时为中位数 / 90%分位。确认：告警发出到首次确认；到场：事件时间到“已到达”上报，只计有到达记录的；办结：告警发出到结束，不含误报。",
            "Times are median / p90. To acknowledge: from the alert to the first acknowledgement. To arrive: from the event to the message that somebody is there, where one came. To resolve: from the alert to its end, without false alarms."),
    OVER("已结束", "Over"),
    YES("是", "yes"),
    NO("否", "no"),
    REPORTS_ARE(
            "信息报告时限按告警结束时施行的值守规定；迟报和到期未报都算超时。",
            "Deadlines of reports upwards are those in force when the alert ended; late ones and those that are overdue are missed."),
    WITHDRAWAL("撤销执行情况", "Who has applied the withdrawal"),
    WITHDRAWAL_HINT(
            "平台：读过撤销记录即为已执行（以消费组提交的偏移量为回执，每 10 秒更新）；其他接收方：已送达撤销即为已执行。",
            "A platform has applied it when it has read the record of it (what its group has committed is its receipt, renewed every 10 s); others when it was delivered to them."),
    WITHDRAWAL_PLATFORM("%s的平台", "Platform of %s"),
    WITHDRAWAL_APPLIED("已执行", "Applied"),
    WITHDRAWAL_NOT_YET("尚未执行", "Not yet"),
    WITHDRAWAL_REFUSED("拒收", "Refused"),
    WITHDRAWAL_NOBODY("没有平台读取告警", "No platform reads alerts"),
    WITHDRAWAL_UNKNOWN("未知", "Unknown"),
    WITHDRAWAL_SINCE("自 %s 起没有回执", "no receipts since %s"),
    WITHDRAWAL_NO_RECEIPTS("正在读取回执", "receipts are being read"),
    WITHDRAWAL_LOOKED_FOR("正在查找撤销记录，或已超过保存期", "the record is being looked for, or no longer kept"),
    API_EXERCISE(
            "演练告警必须在 exercise 中写明演练名称；真实告警不得填写。",
            "An alert of an exercise needs the exercise's name in 'exercise'; a real one takes none."),
    API_CONFIRM("此操作须写明 confirmed: true。", "This act needs 'confirmed': true."),
    ;

    private final String zh;
    private final String en;

    ReportWord(String zh, String en) {
        this.zh = zh;
        this.en = en;
    }

    @Override
    public String in(Language language) {
        return language == Language.ZH ? zh : en;
    }
}
