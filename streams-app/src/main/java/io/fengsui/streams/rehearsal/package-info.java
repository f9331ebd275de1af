/**
 * Rules tried without Kafka and in virtual time: the tests of rule files, and what other rules would have said of events that
 * were. It decides nothing itself: events and deadlines go to the classes that the topology asks.
 */
@NullMarked
package io.fengsui.streams.rehearsal;

import org.jspecify.annotations.NullMarked;
