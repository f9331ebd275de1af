package io.fengsui.alerting.console.page;

import java.util.Optional;

/** Words for fields that alerts carry values of. A field that is missing here is shown under its own name. */
enum FieldName {
    HOPPER_TEMPERATURE_CELSIUS("hopperTemperatureCelsius", "灰斗温度", "Hopper temperature"),
    INLET_TEMPERATURE_CELSIUS("inletTemperatureCelsius", "进口温度", "Inlet temperature"),
    OUTLET_TEMPERATURE_CELSIUS("outletTemperatureCelsius", "出口温度", "Outlet temperature"),
    DIFFERENTIAL_PRESSURE_PASCALS("differentialPressurePascals", "进出口压差", "Differential pressure"),
    CLEANING_PRESSURE_MEGAPASCALS("cleaningPressureMegapascals", "清灰气压", "Cleaning pressure"),
    AIR_VELOCITY_METRES_PER_SECOND("airVelocityMetresPerSecond", "风速", "Air velocity"),
    DUST_GRAMS_PER_CUBIC_METRE("dustGramsPerCubicMetre", "粉尘浓度", "Dust concentration"),
    HYDROGEN_PERCENT_LEL("hydrogenPercentLel", "氢气浓度", "Hydrogen"),
    WATER_LEVEL_METRES("waterLevelMetres", "水箱水位", "Water level"),
    WATER_FLOW_CUBIC_METRES_PER_SECOND("waterFlowCubicMetresPerSecond", "循环水流量", "Water flow"),
    SPARK_DETECTED("sparkDetected", "火花信号", "Spark detected"),
    DISCHARGE_LOCK_FAULT("dischargeLockFault", "锁气卸灰故障", "Discharge lock fault"),
    FAN_RUNNING("fanRunning", "风机运行", "Fan running"),
    COLLECTOR("collector", "除尘器类型", "Collector"),
    STATE("state", "状态", "State"),
    KIND("kind", "种类", "Kind"),
    CAUSE("cause", "厂商说明", "Vendor's words"),
    CHANNEL_ID("channelId", "通道", "Channel"),
    RECORDING("recording", "录像", "Recording"),
    ORDER_NO("orderNo", "工单号", "Work order"),
    RESCUE_CODE("rescueCode", "救援识别码", "Rescue code"),
    RESCUE_LEVEL("rescueLevel", "响应级别", "Response level"),
    TRAPPED("trapped", "被困人数", "Trapped"),
    INJURED("injured", "受伤人数", "Injured"),
    SUSPECTED_DEATHS("suspectedDeaths", "疑似死亡人数", "Suspected deaths"),
    DESCRIPTION("description", "描述", "Description"),
    TEXT("text", "报告原文", "Report"),
    CARD("card", "北斗卡号", "Beidou card"),
    PHASE("phase", "报告阶段", "Phase"),
    DISASTER("disaster", "灾种", "Disaster"),
    DEATHS("deaths", "死亡人口", "Deaths"),
    MISSING("missing", "失踪人口", "Missing"),
    AFFECTED("affected", "受灾人口", "Affected"),
    EVACUATED("evacuated", "紧急转移安置", "Evacuated"),
    SEVERITY("severity", "上报级别", "Reported severity"),
    SILENT_SECONDS("silentSeconds", "静默时长", "Silent for"),
    LAST_SEEN("lastSeen", "最后一次上报", "Last seen"),
    TIMEOUT_SECONDS("timeoutSeconds", "静默时限", "Timeout"),
    THRESHOLD("threshold", "阈值", "Threshold"),
    LANE("lane", "通道", "Lane");

    private final String field;
    private final String zh;
    private final String en;

    FieldName(String field, String zh, String en) {
        this.field = field;
        this.zh = zh;
        this.en = en;
    }

    static Optional<FieldName> of(String field) {
        for (FieldName name : values()) {
            if (name.field.equals(field)) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }

    String in(Language language) {
        return language == Language.ZH ? zh : en;
    }
}
