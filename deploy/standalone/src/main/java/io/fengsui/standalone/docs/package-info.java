/** The reference pages of docs/, written from the code that they describe. */
@NullMarked
package io.fengsui.standalone.docs;

import org.jspecify.annotations.NullMarked;
