package io.fengsui.standalone.conformance.judge;

import io.fengsui.ingest.decode.DecodeException;

/** Reasons of the bridge in words. */
final class Faults {
    private Faults() {}

    static Words told(DecodeException fault) {
        String field = fault.field() == null ? "" : " " + fault.field();
        String reason = fault.reason().name();
        return new Words(
                reason + field + "：" + fault.reason().zh() + "（" + fault.detail() + "）。"
                        + fault.reason().remedyZh() + "。",
                reason + field + ": " + fault.detail() + ". " + fault.reason().remedy() + ".");
    }

    /** Adds a fault; those of one reason and field are one kind, told with the first's detail. */
    static void add(Cases cases, DecodeException fault) {
        cases.add(fault.reason() + " " + fault.field(), told(fault));
    }
}
