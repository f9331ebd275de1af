package io.fengsui.streams.assembly;

import io.fengsui.event.BeidouContent;
import io.fengsui.event.BeidouReport;
import io.fengsui.schema.report.CompactText;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Decides what becomes of a part of a report. */
public final class Assembler {

    /**
     * What a part makes.
     *
     * @param set to be kept; null: nothing changes
     * @param reports that are whole now, or go on without their missing parts because another began
     */
    public record Outcome(@Nullable FragmentSet set, List<BeidouReport> reports) {
        static final Outcome NOTHING = new Outcome(null, List.of());
    }

    private final Function<byte[], BeidouReport> reader;

    /** @param reader reads an event as it stands in its topic */
    public Assembler(Function<byte[], BeidouReport> reader) {
        this.reader = reader;
    }

    public static boolean isFragment(BeidouReport event) {
        return event.getContent() == BeidouContent.FRAGMENT && event.getReportId() != null;
    }

    /**
     * Takes a part. One that came before is passed over, also after the report was whole; one that cannot be of the same report begins a
     * new one of that id.
     *
     * @param held parts of the report that have come, if any
     * @param event a fragment
     * @param bytes as it stands in its topic
     */
    public Outcome take(@Nullable FragmentSet held, BeidouReport event, byte[] bytes) {
        String text = event.getText();
        if (text == null || !(CompactText.read(text) instanceof CompactText.Fragment fragment)) {
            return Outcome.NOTHING;
        }
        long at = event.getHeader().getReceivedAt().toEpochMilli();
        List<BeidouReport> reports = new ArrayList<>(1);
        boolean same = held != null && held.mayHave(fragment.parts(), fragment.part(), fragment.slice());
        if (held != null && same && held.has(fragment.part())) {
            return Outcome.NOTHING;
        }
        if (held != null && !same && !held.isComplete() && !held.told()) {
            reports.add(incomplete(held));
        }
        FragmentSet set = held != null && same
                ? held.plus(fragment.part(), fragment.slice(), at, bytes)
                : FragmentSet.begun(fragment.parts(), fragment.part(), fragment.slice(), at, bytes);
        if (set.isComplete()) {
            reports.add(WholeReport.complete(event, set));
        }
        return new Outcome(set, List.copyOf(reports));
    }

    /** The time of a report without all its parts is over: it goes on as it is. */
    public Outcome giveUp(FragmentSet held) {
        return new Outcome(held.toldAsItIs(), List.of(incomplete(held)));
    }

    private BeidouReport incomplete(FragmentSet held) {
        return WholeReport.incomplete(reader.apply(held.newest()), held);
    }
}
