package io.fengsui.schema.feed;

import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/** A record of any schema, as the generated ones are of theirs. */
final class TestRecord implements SpecificRecord {
    private final Schema schema;
    private final Object[] values;

    TestRecord(Schema schema, Object... values) {
        this.schema = schema;
        this.values = values;
    }

    @Override
    public Schema getSchema() {
        return schema;
    }

    @Override
    public Object get(int field) {
        return values[field];
    }

    @Override
    public void put(int field, Object value) {
        values[field] = value;
    }
}
