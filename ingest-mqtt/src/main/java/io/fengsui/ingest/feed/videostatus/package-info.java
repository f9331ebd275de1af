/**
 * Feed {@code video-status}: cameras and recorders, sent by a video platform or its gateway; a keepalive each minute,
 * changes at once.
 *
 * <pre>{@code
 * {"messageId": "5f0c", "time": "2026-11-23T08:00:00+08:00", "kind": "STATUS", "state": "OFF", "cause": "断电"}
 * }</pre>
 *
 * <table><caption>Fields of the JSON besides the common ones</caption>
 * <tr><td>kind</td><td>KEEPALIVE or STATUS; STATUS if left out</td></tr>
 * <tr><td>state</td><td>ON, OFF, VIDEO_LOST, DEFECT, ADDED, DELETED or UPDATED; required, but ON for a KEEPALIVE that
 * says nothing</td></tr>
 * <tr><td>channelId</td><td>channel of a recorder, at most 64 characters</td></tr>
 * <tr><td>recording</td><td>true or false</td></tr>
 * <tr><td>cause</td><td>at most 500 characters</td></tr>
 * </table>
 *
 * <p>The second format is what the devices speak among themselves, GB/T 28181 MANSCDP documents: a Keepalive, a Catalog
 * with its items, or one bare catalog item. They carry neither a message id nor a time.
 *
 * <pre>{@code
 * <Notify><CmdType>Keepalive</CmdType><SN>7</SN><DeviceID>32058300001320000001</DeviceID><Status>OK</Status></Notify>
 * }</pre>
 */
@NullMarked
package io.fengsui.ingest.feed.videostatus;

import org.jspecify.annotations.NullMarked;
