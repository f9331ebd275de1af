/** What the alerting process knows at this moment: the alerts, the ledger and the names of units, followed from Kafka. */
@NullMarked
package io.fengsui.alerting.board;

import org.jspecify.annotations.NullMarked;
