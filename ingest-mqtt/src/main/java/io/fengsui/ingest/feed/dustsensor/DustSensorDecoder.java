package io.fengsui.ingest.feed.dustsensor;

import io.fengsui.event.CollectorKind;
import io.fengsui.event.DustSensor;
import io.fengsui.ingest.decode.Decoder;
import io.fengsui.ingest.decode.JsonFields;
import io.fengsui.ingest.decode.JsonPayload;
import io.fengsui.ingest.decode.Report;
import java.util.List;

/** Decodes Fengsui's JSON. The ranges are those of the schema: outside them it is a wrong unit, not a reading. */
public final class DustSensorDecoder implements Decoder<DustSensor> {

    @Override
    public List<DustSensor> decode(Report report) {
        return JsonPayload.decode(report, JsonPayload.Time.REQUIRED, DustSensorDecoder::event);
    }

    private static DustSensor event(JsonFields fields) {
        return DustSensor.newBuilder()
                .setCollector(fields.requiredChoice("collector", CollectorKind.class))
                .setFanRunning(fields.bool("fanRunning"))
                .setHopperTemperatureCelsius(fields.number("hopperTemperatureCelsius", -50, 1000))
                .setInletTemperatureCelsius(fields.number("inletTemperatureCelsius", -50, 1000))
                .setOutletTemperatureCelsius(fields.number("outletTemperatureCelsius", -50, 1000))
                .setDifferentialPressurePascals(fields.number("differentialPressurePascals", -10_000, 10_000))
                .setCleaningPressureMegapascals(fields.number("cleaningPressureMegapascals", 0, 10))
                .setAirVelocityMetresPerSecond(fields.number("airVelocityMetresPerSecond", 0, 100))
                .setDustGramsPerCubicMetre(fields.number("dustGramsPerCubicMetre", 0, 10_000))
                .setSparkDetected(fields.bool("sparkDetected"))
                .setDischargeLockFault(fields.bool("dischargeLockFault"))
                .setHydrogenPercentLel(fields.number("hydrogenPercentLel", 0, 100))
                .setWaterLevelMetres(fields.number("waterLevelMetres", 0, 100))
                .setWaterFlowCubicMetresPerSecond(fields.number("waterFlowCubicMetresPerSecond", 0, 100))
                .setHeader(fields.header())
                .build();
    }
}
