package io.fengsui.seeds.fleet;

import io.fengsui.seeds.scenario.Fault;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Keeps the share of each fault exactly, to one message, instead of throwing dice. */
final class FaultQuotas {
    private final Map<Fault, Double> shares;
    private final Map<Fault, Double> credit = new EnumMap<>(Fault.class);

    FaultQuotas(Map<Fault, Double> shares, Random random) {
        this.shares = shares;
        shares.keySet().forEach(fault -> credit.put(fault, random.nextDouble()));
    }

    /** The fault of the next message, or null for none. */
    @Nullable
    Fault next() {
        Fault due = null;
        for (Map.Entry<Fault, Double> share : shares.entrySet()) {
            double now = credit.merge(share.getKey(), share.getValue(), Double::sum);
            if (due == null && now >= 1) {
                due = share.getKey();
            }
        }
        if (due != null) {
            credit.merge(due, -1.0, Double::sum);
        }
        return due;
    }
}
