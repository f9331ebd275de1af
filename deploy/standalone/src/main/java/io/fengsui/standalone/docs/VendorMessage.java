package io.fengsui.standalone.docs;

import io.fengsui.schema.feed.Feed;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What vendors are told of a feed: its fields as the schema declares them, and the words and samples of
 * {@code vendor/<feed>.md} beside this class. A test holds all of it to the feed's decoder.
 *
 * @param words what the table cannot say, in Markdown with the samples
 * @param blocks payloads, JSON first
 */
record VendorMessage(List<VendorField> fields, String words, List<Block> blocks) {

    /**
     * A sample as it stands in the words.
     *
     * @param language as Markdown names it, such as json; perhaps blank
     */
    record Block(String language, String text) {}

    private static final Pattern SAMPLE = Pattern.compile("```([a-z]*)\\n(.*?)\\n```", Pattern.DOTALL);

    VendorMessage {
        fields = List.copyOf(fields);
        blocks = List.copyOf(blocks);
    }

    /** Payloads, JSON first. */
    List<String> samples() {
        return blocks.stream().map(Block::text).toList();
    }

    /** @throws IllegalStateException if there is no file for the feed */
    static VendorMessage of(Feed<?> feed) {
        String words = words("vendor/" + feed.id() + ".md");
        return new VendorMessage(
                feed.fields().stream().map(VendorField::of).toList(),
                words,
                SAMPLE.matcher(words)
                        .results()
                        .map(sample -> new Block(sample.group(1), sample.group(2)))
                        .toList());
    }

    private static String words(String file) {
        try (InputStream in = VendorMessage.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("src/main/resources/io/fengsui/standalone/docs/" + file
                        + " is missing: words and samples for vendors");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(file, e);
        }
    }
}
