/** The crash drill: kill -9 in the middle of transactions, and the whole output compared with that of an undisturbed run. */
@NullMarked
package io.fengsui.standalone.drill.crash;

import org.jspecify.annotations.NullMarked;
