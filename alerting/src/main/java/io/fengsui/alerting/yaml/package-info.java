/** YAML files of the reference data: every problem with its place. */
@NullMarked
package io.fengsui.alerting.yaml;

import org.jspecify.annotations.NullMarked;
