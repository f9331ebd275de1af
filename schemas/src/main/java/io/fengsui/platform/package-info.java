/** What every process shares: settings, lifecycle, health and tables read from compacted topics. */
@NullMarked
package io.fengsui.platform;

import org.jspecify.annotations.NullMarked;
