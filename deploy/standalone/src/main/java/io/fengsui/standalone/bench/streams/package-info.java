/** What the benchmarks of the streams app run on: Kafka and registry as processes, a topology of one lane, meters. */
@NullMarked
package io.fengsui.standalone.bench.streams;

import org.jspecify.annotations.NullMarked;
