package io.fengsui.seeds;

import io.fengsui.reference.Device;
import io.fengsui.reference.DutyRules;
import io.fengsui.reference.IncidentRules;
import io.fengsui.reference.MaintenanceWindow;
import io.fengsui.reference.Parameter;
import io.fengsui.reference.Route;
import io.fengsui.reference.RuleFile;
import io.fengsui.reference.Site;
import io.fengsui.reference.Unit;
import io.fengsui.reference.VendorFactors;
import io.fengsui.schema.topic.Topic;
import io.fengsui.schema.topic.Topics;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;

/** A topic and the part of a set that belongs in it, by key. */
record SeedTable<T extends SpecificRecord>(Topic<T> topic, Function<SeedSet, Map<String, T>> rows) {

    /** In the order in which readers need them: units before what names units. */
    static List<SeedTable<?>> all() {
        return List.of(
                new SeedTable<Unit>(Topics.REF_UNIT, SeedSet::units),
                new SeedTable<Site>(Topics.REF_SITE, SeedSet::sites),
                new SeedTable<Device>(Topics.REF_DEVICE, SeedSet::devices),
                new SeedTable<Route>(Topics.REF_ROUTE, SeedSet::routes),
                new SeedTable<Parameter>(Topics.REF_PARAMETER, SeedSet::parameters),
                new SeedTable<VendorFactors>(Topics.REF_FACTOR, SeedSet::factors),
                new SeedTable<MaintenanceWindow>(Topics.REF_MAINTENANCE, SeedSet::maintenance),
                new SeedTable<RuleFile>(Topics.REF_RULE, SeedSet::rules),
                new SeedTable<IncidentRules>(Topics.REF_INCIDENT, SeedSet::incidents),
                new SeedTable<DutyRules>(Topics.REF_DUTY, SeedSet::duty));
    }
}
