package io.fengsui.streams.device;

import io.fengsui.event.EventHeader;
import io.fengsui.reference.Device;
import io.fengsui.reference.Site;
import io.fengsui.streams.reference.ReferenceView;
import io.fengsui.streams.route.UnitRouter;
import io.fengsui.streams.rule.Facts;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Gathers what rules may look at. */
final class FactFinder {
    private final ReferenceView reference;

    FactFinder(ReferenceView reference) {
        this.reference = reference;
    }

    Facts ofEvent(SpecificRecord event, EventHeader header, @Nullable Device device, @Nullable Site site) {
        String deviceId = header.getDeviceId();
        return new Facts(deviceId, event, header, device, site, parameters(deviceId, device, site), Map.of());
    }

    Facts ofSilence(String deviceId, @Nullable Device device, @Nullable Site site) {
        return new Facts(deviceId, null, null, device, site, parameters(deviceId, device, site), Map.of());
    }

    private Facts.Parameters parameters(String deviceId, @Nullable Device device, @Nullable Site site) {
        List<String> unitIds = UnitRouter.unitsOf(device, site);
        String siteId = site == null ? null : site.getSiteId();
        return param -> reference.parameter(param.name(), param::takes, deviceId, siteId, unitIds);
    }
}
