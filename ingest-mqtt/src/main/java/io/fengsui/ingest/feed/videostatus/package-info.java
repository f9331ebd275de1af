/**
 * Feed {@code video-status}: cameras and recorders, sent by a video platform or its gateway; a keepalive each minute,
 * changes and alarms at once. Formats that the devices and platforms speak themselves are packages of their own below.
 *
 * <pre>{@code
 * {"messageId": "5f0c", "time": "2026-11-23T08:00:00+08:00", "kind": "STATUS", "state": "OFF", "cause": "断电"}
 * }</pre>
 *
 * <table><caption>Fields of the JSON besides the common ones</caption>
 * <tr><td>kind</td><td>KEEPALIVE, STATUS or ALARM; if left out, ALARM with an alarmKind, else STATUS</td></tr>
 * <tr><td>state</td><td>ON, OFF, VIDEO_LOST, DEFECT, ADDED, DELETED, UPDATED or ALARMED; required, but ON for a KEEPALIVE
 * that says nothing, and for an ALARM VIDEO_LOST or ALARMED, as its alarmKind is</td></tr>
 * <tr><td>channelId</td><td>channel of a recorder, at most 64 characters</td></tr>
 * <tr><td>recording, encoding</td><td>true or false</td></tr>
 * <tr><td>cause</td><td>at most 500 characters</td></tr>
 * <tr><td>alarmKind</td><td>VIDEO_LOST, TAMPER, DISK_FULL and so on, as the schema lists them; OTHER for an ALARM that says
 * nothing</td></tr>
 * <tr><td>alarmPriority</td><td>1 (gravest) to 4</td></tr>
 * <tr><td>alarmDescription</td><td>at most 500 characters</td></tr>
 * </table>
 */
@NullMarked
package io.fengsui.ingest.feed.videostatus;

import org.jspecify.annotations.NullMarked;
