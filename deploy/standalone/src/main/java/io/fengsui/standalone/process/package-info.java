/** Child processes that end with their parent, and the ports all parts listen on. */
@NullMarked
package io.fengsui.standalone.process;

import org.jspecify.annotations.NullMarked;
