package io.fengsui.alerting.console.page;

/** Words about who was told of an alert; {@code %s} stands for a value. */
public enum TellingWord implements Phrase {
    TITLE("通知与送达", "Told to others"),
    NOBODY("尚未通知任何外部接收方。", "No receiver outside has been told yet."),
    DELIVERED("已送达", "Delivered"),
    RETRY("未送达，重试中", "Not delivered, trying again"),
    REJECTED("被拒收", "Refused"),
    UNKNOWN("结果未知", "Unknown"),
    TRIES("尝试 %s 次", "tried %s times"),
    CAP("CAP 订阅", "CAP feed"),
    CAP_EXERCISE("CAP 演练订阅", "CAP feed of exercises"),
    WEBHOOK("Webhook 接收方", "Webhook"),
    ALERTMANAGER("Alertmanager 通知", "Alertmanager"),
    ALERTMANAGER_EXERCISE("Alertmanager 演练通知", "Alertmanager of exercises");

    private final String zh;
    private final String en;

    TellingWord(String zh, String en) {
        this.zh = zh;
        this.en = en;
    }

    @Override
    public String in(Language language) {
        return language == Language.ZH ? zh : en;
    }
}
