package io.fengsui.alerting.console.page;

import io.fengsui.alerting.rulebook.RuleSheet.Kind;

/** Texts of the rules page; as {@link Word} otherwise. */
public enum RuleWord implements Phrase {
    NAV_RULES("规则", "Rules"),
    RULES_TEXT("已发布的规则、参数和测试结果", "What is published, with its parameters and tests"),
    RULES_NONE("没有已发布的规则", "No rules are published"),
    RULES_NONE_TEXT("用 ./fengsui seeds load 发布。", "./fengsui seeds load publishes them."),
    RULES_OF_FEED("%s 条规则", "%s rules"),
    RULES_FEED_NONE("这类数据没有规则。", "There are no rules for this feed."),
    RULES_VERSION("版本 %s", "version %s"),
    RULES_PUBLISHED("%s 发布", "published %s"),
    RULES_UNREADABLE("规则文件无法显示：%s", "The file cannot be shown: %s"),
    RULES_HINT(
            "规则是数据：修改后由 ./fengsui rules test 测试、./fengsui seeds load 发布，不需重启。不能编译的文件整体拒绝，原规则继续有效；告警页“编号”一栏有它所用的版本。",
            "Rules are data: ./fengsui rules test tests a change, ./fengsui seeds load publishes it, without a restart. A file that does not compile is refused as a whole and the former stays in force; an alert's page names the version that raised it."),
    TESTS_PASSED("测试通过：%s 项", "Tests passed: %s"),
    TESTS_FAILED("测试未通过：%s 项中 %s 项失败", "Tests: %s ran, %s failed"),
    TESTS_NONE("没有测试记录", "No record of tests"),
    TESTS_UNREADABLE("测试文件无法读取：%s", "The file of the tests cannot be read: %s"),
    TESTS_BRANCHES("分支 %s 个，未测试 %s 个", "%s branches, %s of them untested"),
    TESTS_AT("发布时的结果，测试文件 %s 版本 %s", "as of the publishing, tests %s version %s"),
    TESTS_WHICH("失败：%s", "Failed: %s"),
    RULE_TESTS("测试 %s 项", "%s tests"),
    RULE_TESTS_FAILED("测试 %s 项，失败 %s 项", "%s tests, %s failed"),
    RULE_UNTESTED("未测试分支 %s 个", "%s untested branches"),
    RULE_OPEN("未结束告警 %s 条", "Open alerts: %s"),
    RULE_RAISED("近 24 小时发生 %s 次", "raised %s times in 24 h"),
    CONDITION("条件", "Condition"),
    CEL("表达式", "Expression"),
    ALWAYS("其余情况", "Otherwise"),
    UNTIL("直到", "until"),
    AFTER("持续 %s 之后", "after %s"),
    AND("且", "and"),
    OR("或", "or"),
    RISE("升幅", "rise"),
    PARAMETERS("参数", "Parameters"),
    PARAMETER("参数", "Parameter"),
    PARAMETER_CITY("全市取值", "Value for the city"),
    PARAMETER_RANGE("范围", "Range"),
    PARAMETER_RANGE_OF("%s 至 %s", "%s to %s"),
    PARAMETER_NOT_BELOW("不低于 %s", "not below %s"),
    PARAMETER_PRESET("规则默认值", "the rule's default"),
    PARAMETER_SET("参考数据", "reference data"),
    PARAMETER_UNSET("未设定：用到它的规则不发言", "not set: rules that need it say nothing"),
    PARAMETERS_HINT("单位、场所、设备可另有取值。", "Units, sites and devices may have values of their own."),
    SUBJECT_GATEWAY("对象：网关", "About gateways"),
    SUBJECT_INCIDENT("对象：警情或案件", "About incidents"),
    PART_ABSENT("多久没有消息", "Silent for"),
    PART_OVERDUE("逾期未结束", "Overdue"),
    PART_RISE("升幅计算", "Rise of"),
    PART_FOR("持续时间", "Must last"),
    PART_TIMES("次数", "Times"),
    PART_WITHIN("时间窗", "Within"),
    PART_ACROSS("跨设备合计", "Counted across"),
    PART_CASE("分别计算", "Told apart by"),
    PART_APPLIES("适用于", "Applies to"),
    PART_SCHEDULE("时段", "Schedule"),
    PART_SUPPRESS("抑制", "Suppressed by"),
    PART_CLEAR("解除", "Ends"),
    CLEAR_MANUAL("仅由人员解除", "by people only"),
    HELP_RULES(
            "“规则”列出已发布的规则：条件、参数的全市取值、版本、发布时间和测试结果，以及各规则目前的告警数。告警页有规则所看读数在告警前后的曲线。",
            "“Rules” lists what is published: conditions, the city's values of parameters, version, when it was published, how its tests went, and how many alerts each has now. An alert's page draws the readings that its rule looked at, before and after.");

    private final String zh;
    private final String en;

    RuleWord(String zh, String en) {
        this.zh = zh;
        this.en = en;
    }

    static RuleWord of(Kind part) {
        return valueOf("PART_" + part.name());
    }

    @Override
    public String in(Language language) {
        return language == Language.ZH ? zh : en;
    }
}
