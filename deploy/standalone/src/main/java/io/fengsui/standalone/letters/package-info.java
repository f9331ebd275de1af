/** Dead letters as a queue that people work off: found, shown, sent in again, and who did so. */
@NullMarked
package io.fengsui.standalone.letters;

import org.jspecify.annotations.NullMarked;
