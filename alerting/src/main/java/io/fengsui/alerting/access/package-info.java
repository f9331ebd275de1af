/** Who may do what: users and roles, passwords, sessions, and how often a log-in may be tried. Knows no HTTP and no Kafka. */
@NullMarked
package io.fengsui.alerting.access;

import org.jspecify.annotations.NullMarked;
