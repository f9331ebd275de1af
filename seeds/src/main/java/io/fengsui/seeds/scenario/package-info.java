/** Scenarios: what the simulated fleet does, as strictly read YAML. */
@NullMarked
package io.fengsui.seeds.scenario;

import org.jspecify.annotations.NullMarked;
