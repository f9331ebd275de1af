/** The command line: one class a command. */
@NullMarked
package io.fengsui.standalone.cli;

import org.jspecify.annotations.NullMarked;
