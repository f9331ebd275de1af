/**
 * CAP messages once more, in the early-warning XML of China's national emergency warning system
 * (国家突发事件预警信息发布系统; interface: GB/T 34283-2017, message: GB/T 35965.1-2018).
 *
 * <p>Sure, from a published appendix of value rules and from messages that the system gave out:
 *
 * <ul>
 *   <li>identifier {@code ZZZZZZDDDUUUXX_YYYYMMDDhhmmss_N}, 31 characters: division GB/T 2260 (6 digits), agency GB/T 4657 (3), own
 *       subdivision (3), extension (2); the time of entry, Beijing time; a number 0–9 within the second.
 *   <li>sendTime {@code YYYY-MM-DD hh:mm:ss+08:00}, with a blank and no T.
 *   <li>names and order of the elements, severity by the colours Red, Orange, Yellow, Blue, geocode as 12-digit division codes
 *       with commas.
 * </ul>
 *
 * <p>Not sure, since the text of the standards is not public, and so decided here and easy to change:
 *
 * <ul>
 *   <li>eventType: the values for weather (11B…) are seen in messages, those for accidents, health and society are not. There is no
 *       table here: {@code alerting.cap.national.event.types} names one for each feed, and what has none is not published.
 *   <li>The end of an alert is a Cancel, as weather offices withdraw a warning (解除); in CAP it is an Update.
 *   <li>references: identifiers of the former messages, with blanks between them.
 *   <li>code, with the ways of spreading a warning and its audience, is left to the system that takes the message over.
 *   <li>A namespace: none was seen. status has the values of CAP, as the appendix lists them; so has scope, of
 *       whose values no list was found, and which is that of the CAP messages.
 * </ul>
 */
@NullMarked
package io.fengsui.alerting.notify.national;

import org.jspecify.annotations.NullMarked;
