package io.fengsui.streams.reference;

import io.fengsui.reference.Unit;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * The division that an event names by a statistical code.
 *
 * @param unit unit that the code stands for; null if it never stood for one
 * @param village whether the code is that of a village, of which the reference data know no more than its town
 * @param ended last day of the code, if the event is from after it: {@code unit} is then the one that it stood for last
 */
public record Division(
        String code,
        @Nullable Unit unit,
        boolean village,
        @Nullable LocalDate ended) {}
