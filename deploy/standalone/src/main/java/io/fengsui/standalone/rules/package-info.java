/** What people ask of rules: are they right, what do they say, why did they speak, and what would others have said. */
@NullMarked
package io.fengsui.standalone.rules;

import org.jspecify.annotations.NullMarked;
