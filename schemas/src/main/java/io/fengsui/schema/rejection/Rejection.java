package io.fengsui.schema.rejection;

/**
 * Why a message was kept as a dead letter instead of being processed. The name is the {@code reason} of the
 * dead letter, the tag of the counter, the code in the vendor's rejection message and the row in docs/feeds.md.
 */
public enum Rejection {
    EMPTY(Owner.VENDOR, "消息为空", "The payload is empty", "发送有内容的消息", "Send a payload"),
    OVERSIZED(
            Owner.VENDOR,
            "消息超过 64 KiB",
            "The payload is larger than 64 KiB",
            "拆分或缩短消息",
            "Split or shorten the message"),
    BAD_TOPIC(
            Owner.VENDOR,
            "主题格式错误",
            "The topic is not fengsui/v1/<vendor>/<feed>/<deviceId>",
            "按该格式的主题发布",
            "Publish on a topic of that shape"),
    UNKNOWN_FEED(
            Owner.VENDOR,
            "未知数据类别",
            "The topic names no feed",
            "使用 docs/feeds.md 中的数据类别",
            "Use a feed id of docs/feeds.md"),
    UNSUPPORTED_FORMAT(
            Owner.VENDOR,
            "不支持的格式",
            "The content type, or the look of the payload, is of no format that the feed takes",
            "设置 MQTT 5 内容类型，或使用该类别列出的格式",
            "Set the MQTT 5 content type, or send a format listed for the feed"),
    NOT_UTF8(Owner.VENDOR, "不是合法的 UTF-8", "The payload is not valid UTF-8", "文本用 UTF-8 编码", "Encode the text in UTF-8"),
    NOT_JSON(
            Owner.VENDOR,
            "不是合法的 JSON",
            "The payload is not one JSON object",
            "发送一个格式正确的 JSON 对象",
            "Send one well-formed JSON object"),
    TOO_DEEP(
            Owner.VENDOR,
            "嵌套过深或元素过多",
            "The payload is nested too deeply or has too many elements",
            "只发送文档中列出的字段",
            "Send the documented fields only"),
    NOT_XML(
            Owner.VENDOR,
            "不是合法的 XML",
            "The payload is not well-formed XML, or has a DTD",
            "发送格式正确、不含 DTD 的 MANSCDP 文档",
            "Send a well-formed MANSCDP document without DTD"),
    NOT_A_SENTENCE(
            Owner.VENDOR,
            "不是合法的北斗语句",
            "The payload is not made of $…*HH sentences, one a line",
            "每行发送一个北斗 2.1 语句",
            "Send Beidou 2.1 sentences, one a line"),
    NOT_A_FRAME(
            Owner.VENDOR,
            "不是合法的北斗 4.0 数据帧",
            "The payload is not made of Beidou 4.0 frames, or a frame's length is wrong",
            "按北斗 4.0 协议发送完整的数据帧",
            "Send whole Beidou 4.0 frames, one behind the other"),
    TRUNCATED(
            Owner.VENDOR,
            "数据帧或语句不完整",
            "A frame or sentence has no end, and it did not come in time",
            "在同一条消息中发送完整的数据帧，或尽快发送余下部分",
            "Send a frame whole, or its rest without delay"),
    NOT_A_STATUS_LINE(
            Owner.VENDOR,
            "不是合法的状态行",
            "A line is not <deviceId>[:<channelId>] and a state",
            "每行发送一个设备或通道的状态",
            "Send one device or channel and its state a line"),
    NOT_A_PACKET(
            Owner.VENDOR,
            "不是合法的 HJ 212 数据包",
            "The payload is not one HJ 212 packet: ##, length, data segment, CRC",
            "每条消息发送一个 HJ 212-2017 数据包",
            "Send one HJ 212-2017 packet a message"),
    BAD_LENGTH(
            Owner.VENDOR,
            "数据段长度不符",
            "The stated length is not that of the data",
            "按字节计算数据段长度，每条消息一个数据包",
            "State the length of the data in bytes, and send one packet a message"),
    BAD_CHECKSUM(
            Owner.VENDOR,
            "校验和错误",
            "The checksum is wrong",
            "检查终端与网关之间的线路",
            "Check the line between terminal and gateway"),
    UNSUPPORTED_MESSAGE(
            Owner.VENDOR,
            "不支持的消息类型",
            "The format is known, the kind of message is not taken",
            "只发送该格式列出的消息类型",
            "Send the kinds of message listed for the format"),
    MISSING_FIELD(Owner.VENDOR, "缺少必填字段", "A required field is missing or null", "补上该字段", "Send the field"),
    WRONG_TYPE(
            Owner.VENDOR,
            "字段类型错误",
            "A field has the wrong type",
            "按 docs/feeds.md 的类型发送",
            "Send the type of docs/feeds.md"),
    NOT_FINITE(
            Owner.VENDOR,
            "数值为 NaN 或无穷",
            "A number is NaN or infinite",
            "没有读数时不要发送该字段",
            "Leave out a reading that is not there"),
    OUT_OF_RANGE(
            Owner.VENDOR,
            "数值超出量程",
            "A number is outside what can be measured; often a wrong unit",
            "检查单位；单位是字段名的一部分",
            "Check the unit; it is part of the field's name"),
    UNKNOWN_VALUE(
            Owner.VENDOR,
            "未知枚举值",
            "A field has a value that is not in its list",
            "使用 docs/feeds.md 中列出的值",
            "Send a value of docs/feeds.md"),
    CONTRADICTION(
            Owner.VENDOR,
            "字段相互矛盾",
            "Two fields cannot both be right, such as an arrival before the dispatch",
            "检查这两个字段",
            "Check the two fields"),
    TOO_LONG(Owner.VENDOR, "文本过长", "A text is longer than the field allows", "缩短文本", "Shorten the text"),
    BAD_TIME(
            Owner.VENDOR,
            "时间格式错误",
            "A time cannot be read",
            "JSON 使用 ISO 8601，或 1970 年以来的毫秒数；其他格式按其标准",
            "In JSON send ISO 8601, or milliseconds since the epoch; else the form that the format prescribes"),
    CLOCK_IN_FUTURE(
            Owner.VENDOR,
            "设备时钟超前",
            "The device's time is more than 5 minutes ahead of ours",
            "校准设备时钟",
            "Set the device's clock"),
    CLOCK_ABSURD(
            Owner.VENDOR, "设备时钟错误", "The device's time is more than 30 days old", "校准设备时钟", "Set the device's clock"),
    DEVICE_MISMATCH(
            Owner.VENDOR,
            "设备编号不一致",
            "The payload names another device than the topic",
            "在该设备自己的主题上发布",
            "Publish on the topic of the device"),
    UNMAPPED_VENDOR(
            Owner.CITY,
            "厂商因子编码未登记",
            "The reference data say nothing of the vendor's factor codes",
            "在 factors.csv 中登记该厂商的编码并加载",
            "Have the vendor's codes entered in factors.csv and loaded"),
    UNKNOWN_DEVICE(
            Owner.CITY, "设备未登记", "The device is not in the reference data", "登记该设备", "Have the device registered"),
    WRONG_VENDOR(
            Owner.VENDOR,
            "设备不属于该厂商",
            "The device belongs to another vendor",
            "只为自己的设备发布，或办理设备转移",
            "Publish for your own devices only, or have the device transferred"),
    WRONG_FEED(
            Owner.VENDOR,
            "设备不属于该数据类别",
            "The device is registered for another feed",
            "发布到该设备登记的数据类别",
            "Publish to the feed it is registered for"),
    DECODING_FAILED(
            Owner.FENGSUI,
            "解码程序出错",
            "The bridge failed on the message, which may be right",
            "上报运维；死信中有原始消息",
            "Report it; the dead letter has the message"),
    NULL_VALUE(
            Owner.FENGSUI, "记录为空", "A Kafka record has no value", "查明是谁在写该数据主题", "Find who writes to the feed topic"),
    NOT_AVRO(
            Owner.FENGSUI,
            "不是 Avro 记录",
            "A Kafka record is not Avro in the Confluent wire format",
            "查明是谁在写该数据主题",
            "Find who writes to the feed topic"),
    UNKNOWN_SCHEMA_ID(
            Owner.FENGSUI,
            "未知 schema 编号",
            "A Kafka record has a schema id that the registry does not know",
            "查明是谁在写该数据主题，或恢复 schema 注册表",
            "Find who writes to the feed topic, or restore the registry"),
    KEY_MISMATCH(
            Owner.FENGSUI,
            "记录键不一致",
            "A Kafka record's key is not its device id",
            "查明是谁在写该数据主题",
            "Find who writes to the feed topic"),
    PROCESSING_FAILED(
            Owner.FENGSUI,
            "处理失败",
            "The record could be read but not processed",
            "上报运维；死信中有原始记录",
            "Report it; the dead letter has the record");

    /** Who can mend it. */
    public enum Owner {
        VENDOR,
        CITY,
        FENGSUI
    }

    private final Owner owner;
    private final String zh;
    private final String en;
    private final String remedyZh;
    private final String remedy;

    Rejection(Owner owner, String zh, String en, String remedyZh, String remedy) {
        this.owner = owner;
        this.zh = zh;
        this.en = en;
        this.remedyZh = remedyZh;
        this.remedy = remedy;
    }

    public Owner owner() {
        return owner;
    }

    public String zh() {
        return zh;
    }

    public String en() {
        return en;
    }

    /** What to do about it, in Chinese. */
    public String remedyZh() {
        return remedyZh;
    }

    /** What to do about it, in English: vendors get this one. */
    public String remedy() {
        return remedy;
    }

    /** Whether the record had reached its feed topic when it was refused; else the bridge refused the message. */
    public boolean refusedBehindTheBridge() {
        return switch (this) {
            case NULL_VALUE, NOT_AVRO, UNKNOWN_SCHEMA_ID, KEY_MISMATCH, PROCESSING_FAILED -> true;
            default -> false;
        };
    }
}
