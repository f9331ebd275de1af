/** What the rows of the reference data stand for on which days. */
@NullMarked
package io.fengsui.schema.reference;

import org.jspecify.annotations.NullMarked;
