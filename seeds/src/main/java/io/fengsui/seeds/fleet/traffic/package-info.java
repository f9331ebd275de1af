/** What the devices of each feed say, and when: pure, driven by a random number generator and nothing else. */
@NullMarked
package io.fengsui.seeds.fleet.traffic;

import org.jspecify.annotations.NullMarked;
