/** The schema registry as a child process. */
@NullMarked
package io.fengsui.standalone.registry;

import org.jspecify.annotations.NullMarked;
