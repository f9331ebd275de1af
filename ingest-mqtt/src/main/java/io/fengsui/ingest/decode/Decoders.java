package io.fengsui.ingest.decode;

import io.fengsui.ingest.feed.beidoureport.BeidouFrameDecoder;
import io.fengsui.ingest.feed.beidoureport.BeidouReportDecoder;
import io.fengsui.ingest.feed.beidoureport.BeidouSentenceDecoder;
import io.fengsui.ingest.feed.dustsensor.hj212.Hj212Decoder;
import io.fengsui.ingest.feed.videostatus.VideoStatusDecoder;
import io.fengsui.ingest.feed.videostatus.manscdp.MansCdpDecoder;
import io.fengsui.ingest.feed.videostatus.statusline.StatusLineDecoder;
import io.fengsui.platform.StartException;
import io.fengsui.reference.VendorFactors;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.rejection.Rejection;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Which formats a feed takes, and who decodes them. Fengsui's JSON every feed takes, as its schema declares it; other formats,
 * and JSON that needs more than a schema says, are one line each in {@link #standard(Function)}.
 */
public final class Decoders {

    /** One line of the list. */
    public record Entry<T extends SpecificRecord>(Feed<T> feed, PayloadFormat format, Decoder<T> decoder) {}

    private final Map<String, Map<PayloadFormat, Entry<?>>> byFeed = new HashMap<>();

    /** @throws StartException if a feed has two decoders for the same format */
    public Decoders(Collection<Feed<?>> feeds, List<Entry<?>> entries) {
        for (Entry<?> entry : entries) {
            Entry<?> other = byFeed.computeIfAbsent(entry.feed().id(), id -> new EnumMap<>(PayloadFormat.class))
                    .put(entry.format(), entry);
            if (other != null) {
                throw new StartException("Feed " + entry.feed() + " has two decoders for "
                        + entry.format().id() + "; remove one from Decoders.standard()");
            }
        }
        for (Feed<?> feed : feeds) {
            byFeed.computeIfAbsent(feed.id(), id -> new EnumMap<>(PayloadFormat.class))
                    .computeIfAbsent(PayloadFormat.JSON, json -> ofSchema(feed));
        }
    }

    private static <T extends SpecificRecord> Entry<T> ofSchema(Feed<T> feed) {
        return new Entry<>(feed, PayloadFormat.JSON, new JsonDecoder<>(feed));
    }

    /** The list without reference data: a format that needs any refuses its messages. */
    public static Decoders standard() {
        return standard(vendor -> Optional.empty());
    }

    /** @param factors looks the factor codes of a vendor up, now; safe for use by many threads */
    public static Decoders standard(Function<String, Optional<VendorFactors>> factors) {
        return new Decoders(
                Feeds.all(),
                List.of(
                        new Entry<>(Feeds.VIDEO_STATUS, PayloadFormat.JSON, new VideoStatusDecoder()),
                        new Entry<>(Feeds.VIDEO_STATUS, PayloadFormat.GB28181_XML, new MansCdpDecoder()),
                        new Entry<>(Feeds.VIDEO_STATUS, PayloadFormat.GB28181_LINE, new StatusLineDecoder()),
                        new Entry<>(Feeds.DUST_SENSOR, PayloadFormat.HJ212, new Hj212Decoder(factors)),
                        new Entry<>(Feeds.BEIDOU_REPORT, PayloadFormat.JSON, new BeidouReportDecoder()),
                        new Entry<>(Feeds.BEIDOU_REPORT, PayloadFormat.BEIDOU_2_1, new BeidouSentenceDecoder()),
                        new Entry<>(Feeds.BEIDOU_REPORT, PayloadFormat.BEIDOU_4_0, new BeidouFrameDecoder())));
    }

    /**
     * Decodes a message in the feed's format that its content type names, or that it looks like.
     *
     * @throws DecodeException if it is refused
     */
    public <T extends SpecificRecord> List<T> decode(Feed<T> feed, @Nullable String contentType, Report report) {
        return decoder(feed, contentType, report).decode(report);
    }

    /** The same, but leaves the beginning of a frame without end, of formats that may have one. */
    public <T extends SpecificRecord> Decoded<T> decodePart(Feed<T> feed, @Nullable String contentType, Report report) {
        Decoder<T> decoder = decoder(feed, contentType, report);
        return decoder instanceof StreamDecoder<T> stream
                ? stream.decodePart(report)
                : Decoded.whole(decoder.decode(report));
    }

    @SuppressWarnings("unchecked")
    private <T extends SpecificRecord> Decoder<T> decoder(Feed<T> feed, @Nullable String contentType, Report report) {
        PayloadFormat format = PayloadFormat.of(contentType, report.payload());
        Entry<?> entry = byFeed.getOrDefault(feed.id(), Map.of()).get(format);
        if (entry == null) {
            throw new DecodeException(
                    Rejection.UNSUPPORTED_FORMAT,
                    "feed " + feed + " takes " + formatsOf(feed) + ", found " + format.id());
        }
        return ((Entry<T>) entry).decoder();
    }

    private Set<String> formatsOf(Feed<?> feed) {
        Set<String> ids = new TreeSet<>();
        byFeed.getOrDefault(feed.id(), Map.of()).keySet().forEach(format -> ids.add(format.id()));
        return ids;
    }

    /** Formats of a feed, for documents. */
    public Set<PayloadFormat> formats(Feed<?> feed) {
        return Set.copyOf(byFeed.getOrDefault(feed.id(), Map.of()).keySet());
    }
}
