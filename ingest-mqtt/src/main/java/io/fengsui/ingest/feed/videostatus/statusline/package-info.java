/**
 * Status lines of the feed {@code video-status}, as GB/T 28181 platforms publish them: the device, with a colon one of its
 * channels, and what became of it. Text in ASCII, one line or several a message, in the order of time; {@code CR} before the
 * end of a line and blank lines are passed over. ON and OFF are on-line and off-line, ADD and DELETE an entry in the platform's
 * list. They carry neither a message id nor a time.
 *
 * <pre>{@code
 * 32058300001180000001 ON
 * 32058300001180000001:32058300001320000007 OFF
 * }</pre>
 */
@NullMarked
package io.fengsui.ingest.feed.videostatus.statusline;

import org.jspecify.annotations.NullMarked;
