package io.fengsui.seeds;

import io.fengsui.reference.Unit;
import io.fengsui.schema.serde.TrustedRecords;
import io.fengsui.seeds.csv.Located;
import io.fengsui.seeds.csv.Problems;
import io.fengsui.seeds.sample.SampleCity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Writes the generated files of a set: sites.csv and devices.csv, from its units and a seed number. */
public final class SampleSeeds {
    /** Seed of the committed files. */
    public static final long SEED = 2017_0020;

    private SampleSeeds() {}

    /**
     * The generated files for the units of a directory; writes nothing.
     *
     * @throws SeedException if city.csv or the units are wrong
     */
    public static SampleCity of(Path directory, long seed) {
        TrustedRecords.trust();
        Problems problems = new Problems();
        Map<String, Located<Unit>> units =
                UnitTable.read(directory, City.read(directory, problems).map(Located::value), problems);
        if (problems.errorCount() > 0) {
            throw new SeedException("Seed set " + directory, problems.errors());
        }
        return SampleCity.generate(
                units.values().stream().map(Located::value).toList(), seed, SiteTable.COLUMNS, DeviceTable.COLUMNS);
    }

    /** Generates and replaces the two files in the directory. */
    public static void write(Path directory, long seed) {
        SampleCity city = of(directory, seed);
        try {
            Files.writeString(directory.resolve(SiteTable.FILE), city.sitesCsv());
            Files.writeString(directory.resolve(DeviceTable.FILE), city.devicesCsv());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write to " + directory, e);
        }
    }
}
