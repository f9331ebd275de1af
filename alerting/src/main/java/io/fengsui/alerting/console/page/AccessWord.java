package io.fengsui.alerting.console.page;

/** Texts around log-in, roles and the audit. */
public enum AccessWord implements Phrase {
    NAV_AUDIT("操作审计", "Audit"),
    NAV_READERS("读者", "Readers"),
    READERS_TEXT(
            "各单位、部门平台读到了哪里；已读即回执。每 10 秒更新。",
            "How far the platforms of units and departments have read: what is read is received. Renewed every 10 s."),
    READERS_HINT(
            "未读条数按偏移量计算，含事务标记，是上限；是否有未读、最早一条何时写入，按记录本身判断。",
            "Unread is counted by offsets and an upper bound, for marks of transactions count along; whether anything is unread, and since when, is told by the records themselves."),
    READERS_READING("正在读取消费组…", "Reading the consumer groups…"),
    READERS_STALE("自 %s 起未能更新，可能已过时。", "Not renewed since %s; may be out of date."),
    READERS_GOOD("没有平台超过 %s未读", "No platform has let records wait for %s"),
    READERS_SILENT("%s 个平台超过 %s未读", "%s platforms have let records wait for %s"),
    READERS_WITHOUT("%s 个单位没有任何平台读取", "%s units are read by no platform"),
    READER_UNIT("单位", "Unit"),
    READER_STANDING("状态", "State"),
    READER_OLDEST("最早未读", "Oldest unread"),
    READER_UNREAD("未读（上限）", "Unread, at most"),
    READER_GROUP("消费组", "Consumer group"),
    READER_MEMBERS("在线客户端 %s", "%s clients connected"),
    READER_SILENT("停止读取", "Does not read"),
    READER_AWAY("未连接，有未读", "Not connected, records wait"),
    READER_BEHIND("正在读取", "Reading"),
    READER_READ("已全部读取", "All read"),
    READER_NOBODY("没有平台读取", "Read by no platform"),
    LOG_IN("登录", "Log in"),
    LOG_OUT("退出", "Log out"),
    LOG_IN_AGAIN("重新登录", "Log in again"),
    NAME("用户名", "User name"),
    PASSWORD("密码", "Password"),
    LOG_IN_TEXT("请用值班系统的用户名和密码登录。", "Log in with your name and password of the duty system."),
    LOG_IN_OPENID("用统一身份认证登录", "Log in with single sign-on"),
    LOG_IN_FORGOTTEN("忘记密码请找系统管理员重设。", "If you forgot your password, ask the administrator to set a new one."),
    WRONG("用户名或密码不对。", "The name or the password is wrong."),
    WAIT("尝试次数过多，请 %s 秒后再试。", "Too many attempts; try again in %s s."),
    BUSY("登录请求过多，请稍后再试。", "Too many people are logging in; try again in a moment."),
    OPENID_FAILED("统一身份认证没有完成：%s。请重试。", "Single sign-on did not come to its end: %s. Try again."),
    OPENID_NO_ROLE("您的账号没有值班系统的角色，请找系统管理员。", "Your account has no role here; ask the administrator."),
    OPENID_REFUSED("身份认证服务的应答不可信", "the provider's answer cannot be trusted"),
    OPENID_EXPIRED("登录已过期", "it took too long"),
    OPENID_UNREACHABLE("身份认证服务没有应答", "the provider does not answer"),
    LOGGED_OUT("已退出。", "You are logged out."),
    SIGNED_IN_AS("当前用户", "Logged in as"),
    LOOKS_ONLY("长时间没有操作，现在只能查看。", "Nothing was done here for a while; you can only look now."),
    LOOKS_ONLY_TEXT(
            "请重新登录后再操作。已填写的内容还在下面，可在新窗口登录后回到这里提交。",
            "Log in again to act. What you wrote is still below: log in in a new window, then come back and send it."),
    ROLE_MAY_NOT("您的角色不能对这条告警做任何操作。", "Your role may do nothing to this alert."),
    ROLE_MAY_NOT_TEXT(
            "单位和部门值班员只能处置自己单位的告警；查看人员只能查看。",
            "Officers of units and departments act on their own unit's alerts; viewers look."),
    ACTS_AS("以 %s 的名义记入经过", "Goes into the history as %s"),
    REFUSED_CSRF(
            "表单已过期或不是从您的页面提交的。请返回刷新后重试。什么都没有执行。",
            "The form has expired or was not sent from your page. Go back, reload, try again. Nothing was done."),
    REFUSED_ROLE("您的角色不能做此操作。什么都没有执行。", "Your role may not do this. Nothing was done."),
    ROLE("角色", "Role"),
    ROLE_VIEWER("查看人员", "Viewer"),
    ROLE_UNIT_OFFICER("单位值班员", "Unit officer"),
    ROLE_DEPARTMENT_OFFICER("部门值班员", "Department officer"),
    ROLE_CITY_DUTY_OFFICER("市级值班员", "City duty officer"),
    ROLE_ADMINISTRATOR("系统管理员", "Administrator"),
    USERS_REFUSED("用户文件有误，仍在使用之前的用户", "The users file is refused; the former users stay in force"),
    AUDIT_TEXT("在值班台上做过和试过的一切，保存一年。", "Everything that was done or tried at the console; kept for a year."),
    AUDIT_ALERT("告警编号含", "Alert id holds"),
    AUDIT_USER("用户含", "User holds"),
    AUDIT_FROM("从", "From"),
    AUDIT_TO("到", "To"),
    AUDIT_SEARCH("查找", "Search"),
    AUDIT_NOTHING("没有符合条件的记录", "Nothing matches"),
    AUDIT_MORE("只列出最近的 %s 条；请缩短时间范围。", "Only the latest %s are listed; ask for a shorter time."),
    AUDIT_UNREADABLE("暂时读不到审计记录：%s。没有丢失，请重试。", "The audit cannot be read now: %s. Nothing is lost; try again."),
    AUDIT_BAD_TIME("时间无法识别，已改为最近 24 小时。", "The times could not be understood; these are the last 24 hours."),
    AUDIT_AT("时间", "Time"),
    AUDIT_WHO("谁", "Who"),
    AUDIT_WHERE("来自", "From where"),
    AUDIT_WHAT("做了什么", "What"),
    AUDIT_ON("告警", "Alert"),
    AUDIT_OUTCOME("结果", "Outcome"),
    AUDIT_NOBODY("未知用户", "Unknown user"),
    AUDIT_REVISION("修订 %s", "revision %s"),
    ACT_LOOK("查看", "Look"),
    ACT_COMMENT("备注", "Comment"),
    ACT_ACKNOWLEDGE("确认", "Acknowledge"),
    ACT_RESOLVE("解除", "Resolve"),
    ACT_CANCEL("撤销（误报）", "Cancel, false alarm"),
    ACT_ASSIGN("承办或移交", "Take or hand over"),
    ACT_RETURN("退回", "Give back"),
    ACT_ESCALATE("升级处置", "Escalate"),
    ACT_REPORT("登记信息报告", "Enter a report"),
    ACT_REVISE("订正数字", "Correct figures"),
    ACT_READ_FIGURES("查月报", "Read the monthly figures"),
    ACT_READ_AUDIT("查审计", "Read the audit"),
    ACT_LOG_IN("登录", "Log in"),
    ACT_LOG_OUT("退出", "Log out"),
    OUTCOME_UNKNOWN("未知", "Unknown"),
    OUTCOME_ALLOWED("已允许", "Allowed"),
    OUTCOME_DONE("已执行", "Done"),
    OUTCOME_PENDING("已提交", "Stored"),
    OUTCOME_OVERTAKEN("被抢先", "Overtaken"),
    OUTCOME_REPEATED("重复，未执行", "Repeated, not carried out"),
    OUTCOME_REFUSED("已拒绝", "Refused"),
    OUTCOME_FAILED("未能保存", "Not stored");

    private final String zh;
    private final String en;

    AccessWord(String zh, String en) {
        this.zh = zh;
        this.en = en;
    }

    @Override
    public String in(Language language) {
        return language == Language.ZH ? zh : en;
    }
}
