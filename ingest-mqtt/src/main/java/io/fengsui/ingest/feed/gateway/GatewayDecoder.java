package io.fengsui.ingest.feed.gateway;

import io.fengsui.event.GatewayState;
import io.fengsui.event.GatewayStatus;
import io.fengsui.ingest.decode.Decoder;
import io.fengsui.ingest.decode.JsonFields;
import io.fengsui.ingest.decode.JsonPayload;
import io.fengsui.ingest.decode.Report;
import java.util.List;

/** Decodes Fengsui's JSON; without a time the event is of now, see the package. */
public final class GatewayDecoder implements Decoder<GatewayStatus> {

    @Override
    public List<GatewayStatus> decode(Report report) {
        return JsonPayload.decode(report, JsonPayload.Time.OPTIONAL, GatewayDecoder::event);
    }

    private static GatewayStatus event(JsonFields fields) {
        return GatewayStatus.newBuilder()
                .setState(fields.requiredChoice("state", GatewayState.class))
                .setCause(fields.text("cause", 500))
                .setHeader(fields.header())
                .build();
    }
}
