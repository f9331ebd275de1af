package io.fengsui.standalone;

import io.fengsui.standalone.mqtt.EmbeddedBroker;
import io.fengsui.standalone.registry.RegistryProcess;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter.Type;
import io.micrometer.core.instrument.MeterRegistry;

/** Meters of what a standalone run has besides the apps. */
public enum StandaloneMeters {
    MQTT_DROPPED(
            "fengsui.standalone.mqtt.dropped",
            Type.COUNTER,
            "messages",
            "Messages that the MQTT broker has thrown away since its start; anything but 0 is a loss"),
    REGISTRY_RUNNING(
            "fengsui.standalone.registry.running",
            Type.GAUGE,
            "",
            "1 while the schema registry's process runs, else 0");

    private final String meterName;
    private final Type type;
    private final String unit;
    private final String description;

    StandaloneMeters(String meterName, Type type, String unit, String description) {
        this.meterName = meterName;
        this.type = type;
        this.unit = unit;
        this.description = description;
    }

    static void bind(MeterRegistry meters, EmbeddedBroker broker, RegistryProcess registry) {
        FunctionCounter.builder(MQTT_DROPPED.meterName, broker, EmbeddedBroker::dropped)
                .baseUnit(MQTT_DROPPED.unit)
                .description(MQTT_DROPPED.description)
                .register(meters);
        Gauge.builder(REGISTRY_RUNNING.meterName, registry, r -> r.isAlive() ? 1 : 0)
                .description(REGISTRY_RUNNING.description)
                .register(meters);
    }

    public String meterName() {
        return meterName;
    }

    public Type type() {
        return type;
    }

    /** Empty if it has none. */
    public String unit() {
        return unit;
    }

    public String description() {
        return description;
    }
}
