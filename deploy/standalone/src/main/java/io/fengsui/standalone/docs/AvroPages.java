package io.fengsui.standalone.docs;

import io.fengsui.schema.topic.Topic;
import io.fengsui.schema.topic.Topics;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaFormatter;

/** docs/contracts/avro: the record of every topic, each whole in one file. */
final class AvroPages {
    private static final SchemaFormatter PRETTY = SchemaFormatter.getInstance("json/pretty");

    private AvroPages() {}

    static List<Page> pages() {
        Map<String, Schema> schemas = new TreeMap<>();
        for (Topic<?> topic : Topics.fixed()) {
            schemas.put(topic.schema().getName(), topic.schema());
        }
        return pages(schemas.values());
    }

    private static List<Page> pages(Collection<Schema> schemas) {
        return schemas.stream()
                .map(schema -> new Page("contracts/" + file(schema), PRETTY.format(schema) + "\n"))
                .toList();
    }

    static String file(Schema schema) {
        return "avro/" + schema.getName() + ".avsc";
    }
}
