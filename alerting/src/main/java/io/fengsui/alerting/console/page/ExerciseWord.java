package io.fengsui.alerting.console.page;

/** Words about exercises; {@code %s} stands for a value. */
public enum ExerciseWord implements Phrase {
    NAME("演练名称", "Name of the exercise"),
    NAME_HINT(
            "这是演练。请输入“%s”，表明您知道这不是真实告警；输入一次后本班内记住。",
            "This is an exercise. Type “%s” to show that you know it is not real; it is remembered for your shift."),
    NAME_WRONG(
            "这条告警属于演练“%s”，请在“演练名称”中输入这个名称。",
            "This alert is of the exercise “%s”: type that name into “Name of the exercise”."),
    ACT_EXERCISE_BEGIN("开始演练", "Begin an exercise"),
    ACT_EXERCISE_STOP("终止演练", "Stop an exercise"),
    ACT_EXERCISE_END("结束演练", "End an exercise");

    private final String zh;
    private final String en;

    ExerciseWord(String zh, String en) {
        this.zh = zh;
        this.en = en;
    }

    @Override
    public String in(Language language) {
        return language == Language.ZH ? zh : en;
    }
}
