/**
 * Feed {@code beidou-report}: direct disaster reports from Beidou terminals, sent by the gateway of the command
 * terminal, one a message. Silence is normal.
 *
 * <pre>{@code
 * {"messageId": "bd-2231", "time": "2026-11-23T08:00:00+08:00", "disaster": "FLOOD", "phase": "FIRST", "severity": "III",
 *  "affected": 120, "evacuated": 40, "text": "河水漫堤",
 *  "reportedPoint": {"longitude": 120.95, "latitude": 31.38, "datum": "WGS84"}}
 * }</pre>
 *
 * <table><caption>Fields of the JSON besides the common ones; text or disaster must be there</caption>
 * <tr><td>text</td><td>at most 2000 characters</td></tr>
 * <tr><td>disaster</td><td>FLOOD, DROUGHT, TYPHOON, WIND_HAIL, COLD, SNOW, SANDSTORM, EARTHQUAKE, COLLAPSE, LANDSLIDE,
 * MUDFLOW, STORM_SURGE, TSUNAMI, WILDFIRE, BIOLOGICAL or OTHER</td></tr>
 * <tr><td>phase</td><td>FIRST, FOLLOW_UP or VERIFIED</td></tr>
 * <tr><td>severity</td><td>I, II, III or IV, as judged by the reporter</td></tr>
 * <tr><td>deaths, missing, affected, evacuated</td><td>persons, 0 to 10 000 000</td></tr>
 * <tr><td>reportedPoint</td><td>longitude and latitude in degrees, datum WGS84, GCJ02 or BD09; all three required</td></tr>
 * <tr><td>card</td><td>6 or 7 digits</td></tr>
 * <tr><td>content</td><td>STRUCTURED or TEXT; follows from the presence of disaster if left out</td></tr>
 * </table>
 *
 * <p>The others are what terminals send themselves: sentences of RDSS 2.1 and frames of RDSS 4.0, one or more a message. They
 * carry neither a message id nor a date. A frame may end in a later message than it begins in.
 *
 * <pre>{@code
 * $BDTXR,1,0312345,2,,A4BDD3CBAEB7BAB5CC*45
 * $BDTCI,4207733,0312345,2,023242,2,0,A4BDD3CBAEB7BAB5CC*45
 * $BDWAA,1,0312345,091500.00,3123.00000,N,12057.00000,E,5.5,M*07
 * $BDICI,0312345,24000000,1933442,6,60,3,N,0*36
 * $BDFKI,TXA,Y,Y,0,0040*17
 * }</pre>
 *
 * <p>The checksum is the XOR of the bytes between {@code $} and the last {@code *}. BDTXR: 1 class (1 to 5), 2 sending card,
 * 3 coding (0 hanzi, 1 code, 2 mixed), 4 a time of the centre, as a rule empty, 5 the content: hexadecimal of GB2312 or ASCII
 * bytes, behind A4 if mixed, or plain text. BDTCI: sender, addressee, frequency point, time, coding, unknown, content. BDWAA: at
 * its end time, latitude, longitude, height. BDICI: 1 card, 5 seconds between sendings, 6 level. BDFKI: command, accepted, …,
 * reason, seconds left.
 *
 * <table><caption>Frames: $, four letters, u16 length of the whole, u24 user, body, XOR of all before</caption>
 * <tr><td>TXXX</td><td>class, u24 sender, hour, minute, u16 length in bits, content, CRC flag</td></tr>
 * <tr><td>DWXX</td><td>class, u24 card, time (4), longitude (4), latitude (4), height (2), anomaly (2)</td></tr>
 * <tr><td>ICXX</td><td>record, u24 broadcast id, class, u16 seconds, level, encryption, u16 subordinates</td></tr>
 * <tr><td>ZJXX</td><td>card, hardware, battery, sending, power of six beams</td></tr>
 * <tr><td>FKXX</td><td>reason, command (4), or seconds left in the last of the four</td></tr>
 * </table>
 *
 * <p>Text that begins with 灾1 is read by {@link io.fengsui.schema.report}.
 */
@NullMarked
package io.fengsui.ingest.feed.beidoureport;

import org.jspecify.annotations.NullMarked;
