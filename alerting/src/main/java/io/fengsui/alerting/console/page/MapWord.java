package io.fengsui.alerting.console.page;

/** Texts of the map; as {@link Word} otherwise. */
public enum MapWord implements Phrase {
    NAV_MAP("地图", "Map"),
    MAP_TITLE("全市告警分布", "Alerts on the map of the city"),
    MAP_TITLE_DRILL("演练告警分布", "Exercise alerts on the map"),
    MAP_DRILL("演练地图", "Map of the exercise"),
    MAP_LABEL("地图：区镇、场所和未结束的告警。同样内容见旁边的列表。", "Map of units, sites and open alerts. The list beside it says the same."),
    MAP_NO_SCRIPT("浏览器未启用脚本，不显示地图；列表内容相同。", "Scripts are off, so no map is drawn; the list says the same."),
    MAP_DATUM(
            "坐标系 WGS-84。按 GCJ-02 或 BD-09 登记的位置已换算；坐标系不明的不画点，列在“没有位置”下。区镇轮廓由其场所的位置连成，不是行政界线。",
            "Coordinates are WGS-84. Positions told as GCJ-02 or BD-09 are converted; those of unknown datum are not drawn and stand under “Without a position”. A unit's outline joins the positions of its sites and is no boundary."),
    MAP_LIST("告警列表", "Alerts by place"),
    MAP_AREA("约 %s 米内", "within about %s m"),
    MAP_PLACE_COUNT("%s 条告警，未确认 %s", "alerts: %s, unacknowledged: %s"),
    MAP_MORE_HERE("此处还有 %s 条", "%s more here"),
    MAP_HERE("只看此处", "Only this place"),
    MAP_WHOLE("显示全市", "Show the whole city"),
    MAP_ONLY_AREA("只显示所选范围内的告警。", "Only alerts within the chosen area are shown."),
    MAP_NOWHERE("没有位置", "Without a position"),
    MAP_NOWHERE_TEXT(
            "事件未带位置、网关或全市性告警，或坐标系不明。",
            "The event told no position, it is about a gateway or the city as a whole, or the datum is unknown."),
    MAP_SITES_LEFT("另有 %s 个场所未画出，请按单位筛选。", "%s more sites are not drawn; choose a unit."),
    MAP_MARKS("图例", "Legend"),
    MAP_MARK_WAITING("实心：有未确认的告警", "Filled: something is unacknowledged"),
    MAP_MARK_TAKEN("空心：都已确认", "Hollow: all acknowledged"),
    MAP_MARK_NUMBER("数字：该处告警条数", "Number: alerts at the place"),
    MAP_MARK_SITE("圆点：场所", "Dot: a site"),
    MAP_SITES("场所", "Sites"),
    MAP_ABOUT("约", "about"),
    MAP_ZOOM_IN("放大", "Zoom in"),
    MAP_ZOOM_OUT("缩小", "Zoom out"),
    HELP_MAP(
            "“地图”按位置显示未结束的告警：级别用颜色、罗马数字和形状表示，一处多条合为一个带数字的标记，点击进入告警；旁边的列表内容相同。演练另有地图。",
            "“Map” shows open alerts where they are: severity by colour, numeral and shape, several at a place as one mark with a number; a click leads to the alert. The list beside it says the same. Exercises have a map of their own.");

    private final String zh;
    private final String en;

    MapWord(String zh, String en) {
        this.zh = zh;
        this.en = en;
    }

    @Override
    public String in(Language language) {
        return language == Language.ZH ? zh : en;
    }
}
