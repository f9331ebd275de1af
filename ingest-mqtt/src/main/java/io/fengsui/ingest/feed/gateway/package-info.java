/**
 * Feed {@code gateway}: a vendor's gateway up or down. UP is published by the gateway when it connects, DOWN is its MQTT
 * last will on the same topic.
 *
 * <pre>{@code
 * {"state": "UP", "time": "2026-11-23T08:00:00+08:00"}
 * {"state": "DOWN", "cause": "connection lost"}
 * }</pre>
 *
 * <p>{@code time} may be left out here, and must be left out of a last will: a will is written when the gateway connects,
 * so its time would be that of the connect, and the event would be marked late. For the same reason a will has no
 * {@code messageId}, unless the gateway makes a new one for each connection.
 *
 * <table><caption>Fields besides the common ones</caption>
 * <tr><td>state</td><td>UP or DOWN, required</td></tr>
 * <tr><td>cause</td><td>at most 500 characters</td></tr>
 * </table>
 */
@NullMarked
package io.fengsui.ingest.feed.gateway;

import org.jspecify.annotations.NullMarked;
