package io.fengsui.standalone.conformance.judge;

import io.fengsui.ingest.decode.DecodeException;
import io.fengsui.standalone.conformance.observe.Reading;

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

    /** Adds a fault with its place; those of one reason and field are one kind, told as the first was. */
    static void add(Cases cases, DecodeException fault, Reading at) {
        Words told = told(fault);
        cases.add(
                fault.reason() + " " + fault.field(),
                new Words(at.topic() + "：" + told.zh(), at.topic() + ": " + told.en()));
    }
}
