package io.fengsui.standalone.conformance.judge;

import io.fengsui.standalone.conformance.observe.Journal;

/** Judges one point. Pure. */
@FunctionalInterface
interface Judge {
    Finding judge(Journal journal);
}
