/** The named reasons for which a message is kept instead of processed. */
@NullMarked
package io.fengsui.schema.rejection;

import org.jspecify.annotations.NullMarked;
