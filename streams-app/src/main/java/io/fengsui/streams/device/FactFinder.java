package io.fengsui.streams.device;

import io.fengsui.event.EventHeader;
import io.fengsui.reference.Device;
import io.fengsui.reference.Site;
import io.fengsui.streams.reference.ReferenceView;
import io.fengsui.streams.route.Routing;
import io.fengsui.streams.route.UnitRouter;
import io.fengsui.streams.rule.Facts;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Gathers what rules may look at, all as of one time: that of the event, or now for silence. */
public final class FactFinder {
    private final ReferenceView reference;

    public FactFinder(ReferenceView reference) {
        this.reference = reference;
    }

    /** Units' values are those of the units in charge of the event, which may not be the device's own. */
    public Facts ofEvent(SpecificRecord event, EventHeader header, Routing routing) {
        String deviceId = header.getDeviceId();
        Device device = routing.device();
        Site site = routing.site();
        Facts.Parameters parameters = parameters(deviceId, site, routing.unitIds(), header.getEventTime());
        return new Facts(deviceId, event, header, device, site, parameters, routing.unitIds(), Map.of());
    }

    public Facts ofSilence(String deviceId, @Nullable Device device, @Nullable Site site, Instant now) {
        List<String> unitIds = UnitRouter.unitsOf(device, site);
        Facts.Parameters parameters = parameters(deviceId, site, unitIds, now);
        return new Facts(deviceId, null, null, device, site, parameters, unitIds, Map.of());
    }

    private Facts.Parameters parameters(String deviceId, @Nullable Site site, List<String> unitIds, Instant at) {
        String siteId = site == null ? null : site.getSiteId();
        return param -> reference.parameter(param.name(), param::takes, deviceId, siteId, unitIds, at);
    }
}
