/**
 * Feed {@code elevator-119}: steps of a lift rescue's work order, sent by the elevator-119 rescue centre at each step.
 *
 * <pre>{@code
 * {"messageId": "WO-20261123-0042-1", "time": "2026-11-23T08:00:00+08:00", "orderNo": "WO-20261123-0042",
 *  "kind": "ENTRAPMENT", "state": "RECEIVED", "rescueCode": "320142", "trapped": 2, "description": "门打不开"}
 * }</pre>
 *
 * <table><caption>Fields besides the common ones</caption>
 * <tr><td>orderNo</td><td>required, at most 64 characters</td></tr>
 * <tr><td>kind</td><td>ENTRAPMENT, FAULT, COMPLAINT or INQUIRY, required</td></tr>
 * <tr><td>state</td><td>RECEIVED, DISPATCHED, ARRIVED, RESCUED, CLOSED or FALSE_ALARM, required</td></tr>
 * <tr><td>rescueCode</td><td>the lift's code, at most 32 characters (cities differ: 5, 6 or 20 digits)</td></tr>
 * <tr><td>rescueLevel</td><td>1 to 3</td></tr>
 * <tr><td>trapped, injured, suspectedDeaths</td><td>persons, 0 to 1000</td></tr>
 * <tr><td>description</td><td>at most 500 characters; telephone numbers in it are masked</td></tr>
 * </table>
 */
@NullMarked
package io.fengsui.ingest.feed.elevator119;

import org.jspecify.annotations.NullMarked;
