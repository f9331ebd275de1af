/**
 * HJ 212-2017 packets of the feed {@code dust-sensor}, one a message, as gateways of environmental monitoring speak them.
 *
 * <pre>{@code
 * ##0158QN=20261123080000001;ST=32;CN=2011;PW=123456;MN=dust-sensor-1;Flag=5;CP=&&DataTime=20261123080000;
 *   a01012-Rtd=41.5,a01012-Flag=N;a34013-Rtd=12.5,a34013-Flag=N&&XXXX (CR LF)
 * }</pre>
 *
 * <table><caption>A packet (6.3): no blanks or line breaks inside; ASCII</caption>
 * <tr><td>##</td><td>2 bytes</td></tr>
 * <tr><td>length</td><td>4 digits: bytes of the data segment</td></tr>
 * <tr><td>data segment</td><td>{@code name=value} joined by {@code ;}, CP last</td></tr>
 * <tr><td>CRC</td><td>4 hexadecimal digits over the data segment: from FFFF, the register's high byte is XORed with each
 * byte, then 8 times shifted to the right, and XORed with A001 where a 1 fell out (annex A)</td></tr>
 * <tr><td>CR LF</td><td>may be missing, since MQTT knows where a message ends</td></tr>
 * </table>
 *
 * <table><caption>The data segment</caption>
 * <tr><td>QN</td><td>number of the message: yyyyMMddHHmmssSSS of its sender; the message id, together with CN. May be
 * missing, as before 2017</td></tr>
 * <tr><td>CN</td><td>command. 2011 (real-time data), 2051 (minute data) and 2061 (hourly data) are taken</td></tr>
 * <tr><td>MN</td><td>number of the device; the topic's, unless the vendor's is that of a gateway</td></tr>
 * <tr><td>Flag</td><td>bits of a number; 2: one of several packets, then PNUM is their number and PNO is this one's, from 1</td></tr>
 * <tr><td>ST, PW</td><td>kind of the system, password; neither is looked at</td></tr>
 * <tr><td>CP</td><td>{@code &&DataTime=yyyyMMddHHmmss;<code>-Rtd=<number>,<code>-Flag=<letter>;...&&}, Asia/Shanghai; minute
 * and hourly data have {@code -Avg}, and besides {@code -Min}, {@code -Max} and {@code -Cou}, which are passed over</td></tr>
 * </table>
 *
 * <p>What a code is a reading of, and in which unit, differs by vendor and is reference data ({@code factors.csv}). A flag
 * other than N (normal) says why the value is none: F stopped, M maintenance, S set by hand, D fault, C calibration, T over
 * range, B communication fault.
 *
 * <p>A packet carries its password in the clear. So what is said about one, in a refusal or a log, quotes no text
 * of it.
 */
@NullMarked
package io.fengsui.ingest.feed.dustsensor.hj212;

import org.jspecify.annotations.NullMarked;
