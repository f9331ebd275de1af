package io.fengsui.seeds.fleet.traffic;

import io.fengsui.event.DisasterKind;
import io.fengsui.event.ReportPhase;
import io.fengsui.event.Severity;
import io.fengsui.reference.Device;
import io.fengsui.schema.report.CompactReport;
import io.fengsui.schema.report.CompactText;
import io.fengsui.schema.report.Figure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;

/**
 * Beidou terminals: small reports of level IV, now and then a graver one, and $BDTXR sentences: compact reports of level IV, and
 * texts, which always alert because a human has to read them.
 */
final class BeidouTraffic implements FeedTraffic {
    private static final List<String> KINDS = List.of("FLOOD", "TYPHOON", "WIND_HAIL", "COLD", "SNOW");
    private static final List<String> GRAVE = List.of("III", "III", "II", "I");
    private static final List<String> TEXTS =
            List.of("样例 村道积水20厘米,无人员伤亡", "样例 大风刮倒树木2棵,已清理", "样例 圩堤渗水,正在抢护", "样例 供电中断,正在抢修");

    private final DeviceRing ring;
    private final Episodes episodes;
    private final Episodes sentences;
    private final Random random;

    /** @param nativeShare share of the reports that are sentences */
    BeidouTraffic(List<Device> devices, double alarmShare, double nativeShare, Random random) {
        this.ring = new DeviceRing(devices, random);
        this.episodes = new Episodes(alarmShare, 1);
        this.sentences = new Episodes(nativeShare, 1);
        this.random = random;
    }

    @Override
    public Optional<Device> device(Predicate<Device> canSpeak) {
        return ring.next(canSpeak);
    }

    @Override
    public Optional<DeviceReport> next(Predicate<Device> canSpeak) {
        return ring.next(canSpeak).map(this::report);
    }

    private DeviceReport report(Device device) {
        if (episodes.begins()) {
            Map<String, Object> fields = report(GRAVE.get(random.nextInt(GRAVE.size())));
            fields.put("deaths", 0);
            fields.put("missing", random.nextInt(3));
            fields.put("evacuated", random.nextInt(200));
            return new DeviceReport(device, fields, null, true);
        }
        if (sentences.begins()) {
            boolean compact = random.nextBoolean();
            String words = TEXTS.get(random.nextInt(TEXTS.size()));
            String text = compact ? CompactText.write(false, null, compact(words)) : words;
            return new DeviceReport(device, Map.of("text", text), Payload.shortMessage(device, text), !compact);
        }
        return plain(device);
    }

    private CompactReport compact(String words) {
        return new CompactReport(
                ReportPhase.FIRST,
                DisasterKind.valueOf(KINDS.get(random.nextInt(KINDS.size()))),
                Severity.IV,
                Map.of(Figure.AFFECTED, random.nextInt(50)),
                null,
                null,
                null,
                words);
    }

    @Override
    public DeviceReport plain(Device device) {
        return new DeviceReport(device, report("IV"), null, false);
    }

    private Map<String, Object> report(String severity) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("disaster", KINDS.get(random.nextInt(KINDS.size())));
        fields.put("severity", severity);
        fields.put("phase", "FIRST");
        fields.put("affected", random.nextInt(50));
        fields.put("text", TEXTS.get(random.nextInt(TEXTS.size())));
        return fields;
    }
}
