/**
 * Feed {@code dust-sensor}: heartbeats of dust collectors, sent by the monitoring gateway of a dust-explosion
 * enterprise, as a rule once a minute and at once when something changes.
 *
 * <pre>{@code
 * {"messageId": "20261123-000017", "time": "2026-11-23T08:00:00+08:00", "collector": "DRY", "fanRunning": true,
 *  "hopperTemperatureCelsius": 41.5, "differentialPressurePascals": 980, "dischargeLockFault": false}
 * }</pre>
 *
 * <table><caption>Fields besides the common ones</caption>
 * <tr><td>collector</td><td>DRY or WET, required</td></tr>
 * <tr><td>fanRunning, sparkDetected, dischargeLockFault</td><td>true or false</td></tr>
 * <tr><td>hopperTemperatureCelsius, inletTemperatureCelsius, outletTemperatureCelsius</td><td>°C, -50 to 1000</td></tr>
 * <tr><td>differentialPressurePascals</td><td>Pa, -10000 to 10000</td></tr>
 * <tr><td>cleaningPressureMegapascals</td><td>MPa, 0 to 10</td></tr>
 * <tr><td>airVelocityMetresPerSecond</td><td>m/s, 0 to 100</td></tr>
 * <tr><td>dustGramsPerCubicMetre</td><td>g/m³, 0 to 10000</td></tr>
 * <tr><td>hydrogenPercentLel</td><td>per cent of the lower explosive limit, 0 to 100</td></tr>
 * <tr><td>waterLevelMetres</td><td>m, 0 to 100</td></tr>
 * <tr><td>waterFlowCubicMetresPerSecond</td><td>m³/s, 0 to 100</td></tr>
 * </table>
 */
@NullMarked
package io.fengsui.ingest.feed.dustsensor;

import org.jspecify.annotations.NullMarked;
