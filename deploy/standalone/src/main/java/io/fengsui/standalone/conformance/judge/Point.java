package io.fengsui.standalone.conformance.judge;

/** A point that a vendor's connection is judged by: its rule, and what to do if it is not kept. */
public enum Point {
    ADMISSION(
            new Words("准入", "Admission"),
            new Words("代理接受客户端的连接。", "The broker admits the client."),
            new Words("核对用户名、密码和客户端标识。", "Check user name, password and client id.")),
    PROTOCOL(
            new Words("协议版本", "Protocol version"),
            new Words("MQTT 5；3.1.1 可接受。", "MQTT 5; 3.1.1 is accepted."),
            new Words(
                    "改用 MQTT 5：只有它能说明格式、消息编号和拒绝原因。",
                    "Use MQTT 5: it alone tells format, message id and the reason of a refusal.")),
    CLIENT_ID(
            new Words("客户端标识", "Client id"),
            new Words(
                    "用户名即厂商；客户端标识等于用户名，或以“用户名-”开头。",
                    "The user name is the vendor; the client id is the user name or begins with it and '-'."),
            new Words(
                    "采用固定且以用户名开头的客户端标识，其他人便不能占用您的会话。",
                    "Use a fixed client id that begins with the user name: nobody else can then take your session.")),
    KEEP_ALIVE(
            new Words("保活时间", "Keep alive"),
            new Words("10 至 120 秒。", "10 to 120 seconds."),
            new Words(
                    "设为 30 或 60 秒；断线要过 1.5 倍保活时间才能发现。",
                    "Set 30 or 60 seconds; a dead line is noticed after one and a half times the keep alive.")),
    SESSION(
            new Words("会话", "Session"),
            new Words(
                    "会话跨连接保留：clean start（3.1.1 为 clean session）为 false，MQTT 5 会话过期时间大于 0。",
                    "The session outlives the connection: clean start (3.1.1: clean session) is false, and in MQTT 5 the"
                            + " session expiry is above 0."),
            new Words(
                    "设 clean start = false、会话过期时间例如 86400 秒，否则断线时未确认的消息会丢失。",
                    "Set clean start = false and a session expiry of 86400 s, say; else what was not acknowledged is lost"
                            + " with the connection.")),
    LAST_WILL(
            new Words("遗嘱", "Last will"),
            new Words(
                    "遗嘱发往 fengsui/v1/<厂商>/gateway/<网关>，QoS 1、不保留，内容是合法的 gateway 消息，不含时间和消息编号。",
                    "A will on fengsui/v1/<vendor>/gateway/<gatewayId>, QoS 1, not retained, with a valid gateway payload"
                            + " that has neither time nor message id."),
            new Words(
                    "连接时设置遗嘱，例如 {\"state\": \"DOWN\", \"cause\": \"connection lost\"}，网关须已登记。",
                    "Set a will at connecting, for example {\"state\": \"DOWN\", \"cause\": \"connection lost\"}; the"
                            + " gateway must be registered.")),
    SUBSCRIPTION(
            new Words("订阅拒绝通知", "Subscription to rejections"),
            new Words("客户端订阅 fengsui/v1/<厂商>/rejected/#。", "The client subscribes to fengsui/v1/<vendor>/rejected/#."),
            new Words(
                    "连接后订阅该主题，并把收到的原因告知负责人。",
                    "Subscribe after connecting, and show the reasons to whoever is in charge.")),
    TOPIC(
            new Words("主题", "Topic"),
            new Words(
                    "主题为 fengsui/v1/<厂商>/<类别>/<设备>，厂商级等于用户名。",
                    "Topics are fengsui/v1/<vendor>/<feed>/<deviceId>, and the vendor level is your user name."),
            new Words("按此格式发布；类别见 docs/feeds.md。", "Publish on topics of that shape; docs/feeds.md lists the feeds.")),
    DEVICE(
            new Words("设备登记", "Registered device"),
            new Words(
                    "设备已登记在该厂商和该数据类别之下，且在有效期内。",
                    "The device is registered for the vendor and the feed, and valid today."),
            new Words("请城市方登记设备，或更正设备编号。", "Have the device registered by the city, or correct its id.")),
    DELIVERY(
            new Words("投递", "Delivery"),
            new Words(
                    "QoS 1，不保留；每条消息得到代理的成功确认。",
                    "QoS 1, not retained; the broker acknowledges each message with success."),
            new Words(
                    "以 QoS 1、retain = false 发布，并检查 PUBACK 的原因码。",
                    "Publish at QoS 1 with retain = false, and look at the reason code of PUBACK.")),
    PAYLOAD(
            new Words("内容", "Payload"),
            new Words("内容能被该类别的解码器接受。", "The feed's decoder takes the payload."),
            new Words(
                    "对照 docs/feeds.md 和 docs/contracts/ 的 JSON Schema；fengsui vendor sample 给出合法样例。",
                    "Compare with docs/feeds.md and the JSON Schema in docs/contracts/; 'fengsui vendor sample' prints a"
                            + " valid one.")),
    CLOCK(
            new Words("时钟误差", "Clock error"),
            new Words(
                    "设备时间与到达时间之差：中位数不超过 30 秒；不得超前 5 秒以上，也不得超过该类别的迟到界限。",
                    "Time of the event against arrival: median within 30 s, never more than 5 s ahead, never later than"
                            + " the feed calls late."),
            new Words(
                    "设备用 NTP 或北斗校时；时间带时区，或为东八区时间。",
                    "Set the clock by NTP or Beidou; write the zone, or Shanghai time without one.")),
    MESSAGE_ID(
            new Words("消息编号", "Message id"),
            new Words(
                    "每条消息有编号，对设备唯一；重发时不变。",
                    "Each message has an id, unique for its device, and the same when it is sent again."),
            new Words(
                    "用 MQTT 5 用户属性 message-id 或 JSON 字段 messageId，例如 UUID；组好消息时生成一次。",
                    "Use the MQTT 5 user property message-id or the JSON field messageId, such as a UUID; make it once,"
                            + " with the message.")),
    DUPLICATES(
            new Words("重复", "Duplicates"),
            new Words("同一编号不重复发布，除非是带 DUP 的重发。", "No id is published twice but in a redelivery with DUP."),
            new Words(
                    "收到 PUBACK 后不再发送；由客户端库负责重发。",
                    "Send nothing again after PUBACK; leave redelivery to the client library.")),
    HEARTBEAT(
            new Words("心跳", "Heartbeat"),
            new Words(
                    "消息按登记的周期到达：95% 的间隔不超过周期的 1.5 倍，最长不超过 2 倍。",
                    "Messages come in the registered period: 95 % of the gaps within 1.5 periods, the longest within 2."),
            new Words(
                    "按固定周期发送，不受其他工作影响；3 个周期无消息即报失联。",
                    "Send on a timer of its own; after three periods without a message the device counts as silent.")),
    RECONNECT(
            new Words("重连", "Reconnect"),
            new Words("连接断开后 60 秒内自行重连。", "The client comes back by itself within 60 s of losing the connection."),
            new Words(
                    "打开自动重连，间隔从 1 秒起逐步加长，不要放弃。",
                    "Reconnect automatically, with delays that grow from 1 s, and never give up.")),
    RESEND(
            new Words("断线重发", "Redelivery"),
            new Words(
                    "断线时未得到确认的消息，重连后带 DUP 再发。",
                    "What was not acknowledged when the connection was lost is sent again with DUP."),
            new Words(
                    "保留会话，并让客户端库持久保存未确认的消息。",
                    "Keep the session, and let the client library keep what is not acknowledged.")),
    REJECTION(
            new Words("对拒绝的反应", "Reaction to a rejection"),
            new Words(
                    "收到拒绝通知后不再发送同一消息，且保持连接。",
                    "After a rejection notice the client does not send the same message again, and stays connected."),
            new Words("按通知中的原因和补救办法改正后，以新编号发送。", "Mend the message as the notice says, and send it with a new id."));

    private final String titleZh;
    private final String titleEn;
    private final String ruleZh;
    private final String ruleEn;
    private final String remedyZh;
    private final String remedyEn;

    Point(Words title, Words rule, Words remedy) {
        titleZh = title.zh();
        titleEn = title.en();
        ruleZh = rule.zh();
        ruleEn = rule.en();
        remedyZh = remedy.zh();
        remedyEn = remedy.en();
    }

    public Words title() {
        return new Words(titleZh, titleEn);
    }

    public Words rule() {
        return new Words(ruleZh, ruleEn);
    }

    public Words remedy() {
        return new Words(remedyZh, remedyEn);
    }
}
