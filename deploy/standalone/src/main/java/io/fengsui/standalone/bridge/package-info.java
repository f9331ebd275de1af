/** The bridge alone, as processes of its own between real brokers: the stage of its benchmark and of its trials. */
@NullMarked
package io.fengsui.standalone.bridge;

import org.jspecify.annotations.NullMarked;
