package io.fengsui.standalone.letters;

import io.fengsui.ops.DeadLetter;
import io.fengsui.schema.topic.Topic;
import io.fengsui.schema.topic.Topics;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Where a dead letter lies, as people copy it: {@code <topic>/<partition>/<offset>}. */
public record Address(Topic<DeadLetter> topic, int partition, long offset) implements Comparable<Address> {
    private static final Pattern SHAPE = Pattern.compile("([^/]+)/(\\d{1,9})/(\\d{1,18})");

    private static final Comparator<Address> ORDER = Comparator.comparing(
                    (Address a) -> a.topic().name())
            .thenComparingInt(Address::partition)
            .thenComparingLong(Address::offset);

    /** @throws IllegalArgumentException if it is no address of a dead letter; says what one looks like */
    public static Address parse(String text) {
        Matcher parts = SHAPE.matcher(text.strip());
        if (!parts.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no address; one looks like "
                    + Topics.DEAD_LETTER.name() + "/0/17, and 'fengsui dead-letters list' shows them");
        }
        Topic<DeadLetter> topic = Topics.allDeadLetters().stream()
                .filter(t -> t.name().equals(parts.group(1)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + parts.group(1)
                        + "' is no topic of dead letters; those are "
                        + Topics.allDeadLetters().stream().map(Topic::name).collect(Collectors.joining(", "))));
        return new Address(topic, Integer.parseInt(parts.group(2)), Long.parseLong(parts.group(3)));
    }

    @Override
    public int compareTo(Address other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return topic.name() + "/" + partition + "/" + offset;
    }
}
