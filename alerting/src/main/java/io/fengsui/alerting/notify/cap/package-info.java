/**
 * Publishes alerts as CAP 1.2 messages (OASIS Common Alerting Protocol, 2010-07-01). What is published is kept as it was, so that
 * a message is the same bytes for ever; readers fetch it from the console's server.
 *
 * <ul>
 *   <li>Alert: the beginning of an occurrence. Update: it changed; also its end, with responseType AllClear and urgency Past.
 *       Cancel: a person called it a false alarm.
 *   <li>references: the former messages of the occurrence, at most 200: the first and the newest.
 *   <li>Severity, by name: I Extreme, II Severe, III Moderate, IV Minor.
 * </ul>
 */
@NullMarked
package io.fengsui.alerting.notify.cap;

import org.jspecify.annotations.NullMarked;
