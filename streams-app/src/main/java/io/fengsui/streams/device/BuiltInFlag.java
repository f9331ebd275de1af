package io.fengsui.streams.device;

/** What may be odd about an event of any feed. The name is the value in {@code header.flags}. */
public enum BuiltInFlag {
    OUTSIDE_CITY(
            "坐标在市域外",
            "Outside the city",
            "A coordinate of the event lies outside the city's box by more than datums differ: look at datum, order and sign"),
    DIVISION_MISMATCH(
            "区划名称与代码不符",
            "Division name and code differ",
            "The division's name is not the one that its code stands for; the event went by the code: verify the place"),
    DIVISION_ENDED(
            "区划代码已停用",
            "Division code has ended",
            "The division code was no longer in use at the event's time; the event went to the unit that it named last:"
                    + " have the sender renew its codes"),
    COUNTER_RAN_BACK(
            "累计值回退",
            "Counter ran back",
            "A counter is lower than in the device's report before: it was set back, replaced, or is faulty");

    private final String zh;
    private final String en;
    private final String explanation;

    BuiltInFlag(String zh, String en, String explanation) {
        this.zh = zh;
        this.en = en;
        this.explanation = explanation;
    }

    public String zh() {
        return zh;
    }

    public String en() {
        return en;
    }

    /** What was seen, and what to do about it. */
    public String explanation() {
        return explanation;
    }
}
