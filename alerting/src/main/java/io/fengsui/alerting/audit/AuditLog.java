package io.fengsui.alerting.audit;

import io.fengsui.ops.AuditEntry;
import java.util.concurrent.CompletableFuture;

/** Where it is written down what people did or tried. */
public interface AuditLog extends AutoCloseable {

    /** Writes an entry. The future ends when it is stored for good, or exceptionally when that is not certain. */
    CompletableFuture<Void> append(AuditEntry entry);

    @Override
    void close();
}
