package io.fengsui.streams.route;

/** Why an event, or a copy of it, is unrouted. The name is the record's {@code reason}. */
public enum UnroutedReason {
    UNKNOWN_DEVICE_AT_ROUTING(
            "路由时设备未登记",
            "The device is not in the reference data, or not valid at the event's time",
            "Register the device"),
    UNKNOWN_SITE(
            "场所未登记",
            "The device's site is not in the reference data, or not valid at the event's time",
            "Register the site"),
    NO_ROUTE("没有路由", "No route row is there for the feed and the kind of site", "Add a row to routes.csv"),
    NO_UNIT("没有主管单位", "Units are to read it, but neither site nor device names one", "Give the site or device a unit"),
    UNKNOWN_DIVISION(
            "区划代码未登记",
            "The event's division code stands for no unit, and did not before the event's time",
            "Add the code to unit-codes.csv, or have the sender renew its codes"),
    UNKNOWN_UNIT(
            "单位未登记",
            "A unit or department in charge is not in the reference data, not valid at the event's time, or has no topics",
            "Register the unit, or give the site, device or route one that was in charge then"),
    MISSING_TOPIC(
            "目标主题不存在", "A reader's topic is not there, or has no schema", "Run 'fengsui topics apply', then replay");

    private final String zh;
    private final String en;
    private final String remedy;

    UnroutedReason(String zh, String en, String remedy) {
        this.zh = zh;
        this.en = en;
        this.remedy = remedy;
    }

    public String zh() {
        return zh;
    }

    public String en() {
        return en;
    }

    /** What to do about it. */
    public String remedy() {
        return remedy;
    }
}
