/** CSV files whose every cell knows its file and line, so that a mistake can be named. */
@NullMarked
package io.fengsui.seeds.csv;

import org.jspecify.annotations.NullMarked;
