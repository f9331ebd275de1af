package io.fengsui.alerting.console.page;

import java.util.Optional;

/** Words for values that are names in the feeds. One that is missing here is shown as it is. */
enum ValueName {
    TRUE("true", "是", "yes"),
    FALSE("false", "否", "no"),
    UNKNOWN("未注明", "not stated"),
    ON("在线", "on-line"),
    OFF("离线", "off-line"),
    VIDEO_LOST("视频丢失", "video lost"),
    DEFECT("故障", "defective"),
    ADDED("新增", "added"),
    DELETED("删除", "deleted"),
    UPDATED("更新", "updated"),
    KEEPALIVE("心跳", "keepalive"),
    STATUS("状态变化", "change of state"),
    UP("在线", "up"),
    DOWN("断开", "down"),
    DRY("干式", "dry"),
    WET("湿式", "wet"),
    ENTRAPMENT("困人", "entrapment"),
    FAULT("故障", "fault"),
    COMPLAINT("投诉", "complaint"),
    INQUIRY("咨询", "inquiry"),
    RECEIVED("已接警", "received"),
    DISPATCHED("已派单", "dispatched"),
    ARRIVED("已到达", "arrived"),
    RESCUED("已救出", "rescued"),
    CLOSED("已办结", "closed"),
    FALSE_ALARM("误报", "false alarm"),
    FIRST("初报", "first report"),
    FOLLOW_UP("续报", "follow-up"),
    VERIFIED("核报", "verified report"),
    NONE("无", "none"),
    HANZI("汉字", "hanzi"),
    CODE("代码", "code"),
    MIXED("混合", "mixed"),
    STRUCTURED("结构化报告", "structured report"),
    TEXT("文字报告", "text"),
    UNDECODABLE("无法解码", "undecodable"),
    FLOOD("洪涝", "flood"),
    DROUGHT("干旱", "drought"),
    TYPHOON("台风", "typhoon"),
    WIND_HAIL("风雹", "wind or hail"),
    COLD("低温冷冻", "cold"),
    SNOW("雪灾", "snow"),
    SANDSTORM("沙尘暴", "sandstorm"),
    EARTHQUAKE("地震", "earthquake"),
    COLLAPSE("崩塌", "rockfall"),
    LANDSLIDE("滑坡", "landslide"),
    MUDFLOW("泥石流", "mudflow"),
    STORM_SURGE("风暴潮", "storm surge"),
    TSUNAMI("海啸", "tsunami"),
    WILDFIRE("森林草原火灾", "wildfire"),
    BIOLOGICAL("生物灾害", "biological disaster"),
    OTHER("其他", "other");

    private final String value;
    private final String zh;
    private final String en;

    ValueName(String zh, String en) {
        this.value = name();
        this.zh = zh;
        this.en = en;
    }

    ValueName(String value, String zh, String en) {
        this.value = value;
        this.zh = zh;
        this.en = en;
    }

    static Optional<ValueName> of(String value) {
        for (ValueName name : values()) {
            if (name.value.equals(value)) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }

    String in(Language language) {
        return language == Language.ZH ? zh : en;
    }
}
