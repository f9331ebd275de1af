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
 * <p>The second format is the receive sentence of RDSS 2.1 terminals. It carries neither a message id nor a date.
 *
 * <pre>{@code
 * $BDTXR,1,0312345,2,,A4BDD3CBAEB7BAB5CC*45
 * }</pre>
 *
 * <p>Field 1 is the message class (1 to 5), 2 the sending card, 3 the coding (0 hanzi, 1 code, 2 mixed), 4 a time of the
 * centre, as a rule empty, 5 the content: hexadecimal of GB2312 or ASCII bytes, behind A4 if mixed, or plain text.
 */
@NullMarked
package io.fengsui.ingest.feed.beidoureport;

import org.jspecify.annotations.NullMarked;
