/** Signals, commands and alerts that the tests share. */
package io.fengsui.alerting.testkit;
