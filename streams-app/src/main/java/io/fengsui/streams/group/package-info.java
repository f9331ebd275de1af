/** What rules count across devices: the newest of each group, bounded. */
@NullMarked
package io.fengsui.streams.group;

import org.jspecify.annotations.NullMarked;
