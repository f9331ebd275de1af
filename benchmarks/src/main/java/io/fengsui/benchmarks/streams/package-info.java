/** Parts of the streams app by themselves, measured with JMH. */
@NullMarked
package io.fengsui.benchmarks.streams;

import org.jspecify.annotations.NullMarked;
