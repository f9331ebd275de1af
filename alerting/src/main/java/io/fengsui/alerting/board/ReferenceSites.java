package io.fengsui.alerting.board;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.fengsui.platform.CompactedTable;
import io.fengsui.reference.Site;
import io.fengsui.schema.reference.Dated;
import io.fengsui.schema.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** Where the city's sites are, from {@code ref.site}. Safe for use by many threads. */
public final class ReferenceSites implements AutoCloseable {
    private final ConcurrentMap<String, Site> sites = new ConcurrentHashMap<>();
    private final Optional<CompactedTable<Site>> table;

    /**
     * Sites that follow the reference data.
     *
     * @param kafka client settings, at least bootstrap.servers
     * @param owner name of the process, for thread and client names
     */
    public ReferenceSites(Map<String, ?> kafka, SchemaRegistryClient registry, String owner) {
        this.table = Optional.of(CompactedTable.telling(Topics.REF_SITE, kafka, registry, owner, this::accept));
    }

    private ReferenceSites(Collection<Site> sites) {
        this.table = Optional.empty();
        sites.forEach(site -> accept(site.getSiteId(), site));
    }

    /** Sites that stay as they are. */
    public static ReferenceSites of(Collection<Site> sites) {
        return new ReferenceSites(sites);
    }

    public void start() {
        table.ifPresent(CompactedTable::start);
    }

    /**
     * Waits until the reference data is here.
     *
     * @throws io.fengsui.platform.StartException after the timeout, or if the topic does not exist
     */
    public void awaitLoaded(Duration timeout) throws InterruptedException {
        if (table.isPresent()) {
            table.get().awaitLoaded(timeout);
        }
    }

    /** False once the reference data is no longer followed. */
    public boolean healthy() {
        return table.map(CompactedTable::healthy).orElse(true);
    }

    /** Those that there are now, by id. */
    public List<Site> all(Instant now) {
        List<Site> found = new ArrayList<>();
        for (Site record : new TreeMap<>(sites).values()) {
            Site site = at(record, now);
            if (site != null) {
                found.add(site);
            }
        }
        return found;
    }

    /** A site as it is now. */
    public Optional<Site> site(@Nullable String siteId, Instant now) {
        Site record = siteId == null ? null : sites.get(siteId);
        return record == null ? Optional.empty() : Optional.ofNullable(at(record, now));
    }

    private static @Nullable Site at(Site record, Instant now) {
        return Dated.SITE.always(record) ? record : Dated.SITE.timeline(record).at(now);
    }

    private void accept(String siteId, @Nullable Site site) {
        if (site == null) {
            sites.remove(siteId);
        } else {
            sites.put(siteId, site);
        }
    }

    @Override
    public void close() {
        table.ifPresent(CompactedTable::close);
    }
}
