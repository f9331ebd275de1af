/**
 * GB/T 28181-2016 MANSCDP documents of the feed {@code video-status} (annex A.2), as cameras, recorders and platforms send
 * them to each other. Only what they tell by themselves or answer is taken; a document is decoded wholly or not at all.
 *
 * <table><caption>Documents taken: root and CmdType</caption>
 * <tr><td>Notify Keepalive</td><td>{@code Status} OK or not; devices listed in {@code Info} are faulty</td></tr>
 * <tr><td>Notify Catalog, Response Catalog</td><td>an {@code Item} each in {@code DeviceList}: {@code Status} ON or OFF;
 * {@code Event} ON, OFF, VLOST, DEFECT, ADD, DEL or UPDATE</td></tr>
 * <tr><td>Response DeviceStatus</td><td>{@code Result} OK or ERROR, {@code Online} ONLINE or OFFLINE, {@code Status} OK or
 * ERROR with {@code Reason}, {@code Encode} and {@code Record} ON or OFF, {@code DeviceTime}; items of {@code Alarmstatus} are
 * counted as unknown</td></tr>
 * <tr><td>Notify Alarm</td><td>{@code AlarmPriority} 1 (gravest) to 4, {@code AlarmMethod} one digit or several, {@code
 * AlarmTime}, {@code AlarmDescription}, {@code Longitude} and {@code Latitude} in degrees (both 0: not known), {@code
 * AlarmType} at the root or in {@code Info}</td></tr>
 * <tr><td>Item</td><td>one bare catalog item</td></tr>
 * </table>
 *
 * <pre>{@code
 * <?xml version="1.0" encoding="GB2312"?>
 * <Notify><CmdType>Alarm</CmdType><SN>8</SN><DeviceID>32058300001320000001</DeviceID><AlarmPriority>1</AlarmPriority>
 * <AlarmMethod>2</AlarmMethod><AlarmTime>2026-11-23T08:00:00</AlarmTime><Info><AlarmType>2</AlarmType></Info></Notify>
 * }</pre>
 *
 * <p>There is no message id. {@code AlarmTime} and {@code DeviceTime} are the time of the event, without zone Asia/Shanghai;
 * other documents have none. {@code DeviceID} is the topic's device, or a channel of it.
 *
 * <p>Encoding: what is declared GB2312, GBK or GB18030 is read as GB18030, the superset of all three. UTF-8 is read as such.
 * Where nothing is declared, the bytes are UTF-8 if they can be, else GB18030.
 */
@NullMarked
package io.fengsui.ingest.feed.videostatus.manscdp;

import org.jspecify.annotations.NullMarked;
