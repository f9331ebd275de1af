package io.fengsui.alerting.figures;

import io.fengsui.alert.AlertAccount;
import java.time.Instant;
import java.util.List;

/** Where the accounts of occurrences that are over are kept. */
public interface AccountSource {

    /**
     * Accounts of the occurrences that began in a time, the last of each.
     *
     * @param from the earliest beginning
     * @param to before this
     * @throws io.fengsui.alerting.scan.TopicUnreadableException if Kafka does not answer in time
     */
    List<AlertAccount> begunIn(Instant from, Instant to);
}
