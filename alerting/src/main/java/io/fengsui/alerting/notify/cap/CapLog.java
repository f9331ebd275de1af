package io.fengsui.alerting.notify.cap;

import io.fengsui.alert.CapMessage;
import java.util.Optional;

/** The published messages of one realm; what is in it stays as it is. For any thread. */
public interface CapLog {

    /** Whether all that was published is in the index; while it is not, nothing may be added. */
    boolean isRead();

    CapIndex index();

    /** A message with its bytes. May wait for Kafka, a few seconds at most. */
    Optional<CapMessage> read(String identifier);

    /** Publishes. False if it could not be stored for certain; the same again does no harm. */
    boolean append(CapMessage message);
}
