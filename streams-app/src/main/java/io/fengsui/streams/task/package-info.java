/** What runs in a stream task: decode, decide, write. */
@NullMarked
package io.fengsui.streams.task;

import org.jspecify.annotations.NullMarked;
