package io.fengsui.schema.serde;

import org.apache.avro.util.ClassSecurityValidator;

/**
 * Tells Avro that a schema may name our generated classes. Since 1.12.2 Avro loads only classes that it was told to
 * trust; what it trusted before stays trusted.
 */
public final class TrustedRecords {
    private static final String PACKAGES = "io.fengsui.";

    private TrustedRecords() {}

    /** May be called any number of times. Whoever loads feeds or serdes has it done. */
    public static void trust() {
        if (!ClassSecurityValidator.getGlobal().isTrusted(TrustedRecords.class)) {
            ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(
                    ClassSecurityValidator.getGlobal(), type -> type.getName().startsWith(PACKAGES)));
        }
    }
}
