/**
 * Frames that end in a later message than they begin in. What has no end yet is kept in {@code ingest.partial} before its message is
 * acknowledged, joined with what comes next, and a dead letter if nothing comes in time.
 */
@NullMarked
package io.fengsui.ingest.partial;

import org.jspecify.annotations.NullMarked;
