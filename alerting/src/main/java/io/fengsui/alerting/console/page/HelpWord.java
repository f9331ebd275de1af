package io.fengsui.alerting.console.page;

/** Texts of the page that explains the console; as {@link Word} otherwise. */
public enum HelpWord implements Phrase {
    HELP_SEVERITIES("级别与颜色", "Severities and colours"),
    HELP_SEVERITIES_TEXT(
            "按国务院令第 493 号四级划分。颜色旁总有文字，不必只凭颜色判断。",
            "Four levels after State Council Decree 493. Words always stand beside the colour."),
    HELP_STATES("状态", "States"),
    HELP_FIRING("还没有人接手。级别越高、越靠前。", "Nobody has taken it on yet. The graver, the higher on the board."),
    HELP_ACKNOWLEDGED(
            "有人正在处置。若级别上升，或又有新的警情、报告，会退回“未确认”。",
            "Somebody acts on it. If it gets graver, or another case or report joins it, it falls back to unacknowledged."),
    HELP_RESOLVED("已经结束：规则自动解除，或有人解除。", "It is over: the rule cleared it, or a person did."),
    HELP_CANCELLED("是误报，由人撤销。", "It was a false alarm; a person said so."),
    HELP_INHIBITED("收起", "Folding"),
    HELP_INHIBITED_TEXT(
            "厂商网关或整个厂商中断时，其设备“没有消息”的告警（III、IV 级）收在该告警下面，不重复计数，直到恢复后 3 分钟。规则另可写明：已登记检修、同一设备或同一场所另有告警时抑制。原因一过，仍在的告警照常通知。I 级和“人命关天”的告警从不抑制；因网关或厂商中断，设备自己报来的和 II 级告警也不收起。",
            "While a vendor's gateway, or the vendor as a whole, is down, and for three minutes after, the alerts of severity III and IV that its devices are silent are folded under that alert and not counted. A rule may also name announced maintenance, or another alert of the same device or site; when that is over, what is still open is told as usual. Severity I and life safety are never suppressed, nor, for a gateway or vendor, severity II and what a device itself reported."),
    HELP_INCIDENT_TEXT(
            "同一场所、或相距不远且时间相近的不同类告警合为一个事件，在值班台上占一行；每条告警仍有自己的级别和状态，逐条确认。事件的级别是未结束告警中最高的；符合已命名的组合时，按组合升级，并另发一条告警。",
            "Alerts of different feeds at one site, or near one another at about the same time, are one incident and one row on the board; each alert keeps its own severity and state and is acknowledged by itself. An incident is as grave as its gravest open alert; where a named pattern matches it is as grave as the pattern says, and an alert of its own tells so."),
    HELP_DRILL("演练", "Exercises"),
    HELP_DRILL_TEXT(
            "演练和测试数据有自己的页面、自己的主题，带斜纹和“演练”字样，不会出现在值班台；只发给专为演练配置的接收方，并注明演练。",
            "Exercise and test data have their own board and topics, hatched and marked; they never appear on the duty board. They are told to receivers that are set up for exercises alone, and marked there, too."),
    HELP_KEYS("键盘", "Keyboard"),
    HELP_KEYS_TEXT(
            "Tab 在链接和表单间移动，Enter 打开；页首有“跳到正文”。",
            "Tab moves between links and forms, Enter opens; the first stop skips to the content."),
    HELP_API("给脚本用的接口", "For scripts"),
    HELP_API_TEXT(
            "返回 JSON 数组，一条告警一个对象。参数都可省略，取值与筛选相同：",
            "Gives a JSON array, one object an alert. All parameters are optional and take the values of the filter:"),
    HELP_API_STATE("open（默认）、firing、acknowledged、ended、all", "open (default), firing, acknowledged, ended, all"),
    HELP_API_ACT(
            "程序以令牌（Authorization: Bearer …，由 fengsui users token 发放）处置告警；权限与该用户相同，被拒的原因在 reason 中，逐条入审计。",
            "Programs act on alerts with a token (Authorization: Bearer …, given by 'fengsui users token'), with the rights of its user; the field reason says why one is refused, and all is in the audit."),
    HELP_OTHERS("其他地址：", "Others:");

    private final String zh;
    private final String en;

    HelpWord(String zh, String en) {
        this.zh = zh;
        this.en = en;
    }

    @Override
    public String in(Language language) {
        return language == Language.ZH ? zh : en;
    }
}
