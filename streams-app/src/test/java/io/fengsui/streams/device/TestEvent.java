package io.fengsui.streams.device;

import io.fengsui.event.EventHeader;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.specific.SpecificRecord;

/** An event of no feed, with the fields that mean the same in every feed. */
final class TestEvent implements SpecificRecord {
    private static final Schema SCHEMA = SchemaBuilder.record("TestEvent")
            .fields()
            .name("header")
            .type(EventHeader.getClassSchema())
            .noDefault()
            .name("rain")
            .prop("counter", true)
            .type()
            .nullable()
            .doubleType()
            .noDefault()
            .name("level")
            .type()
            .nullable()
            .doubleType()
            .noDefault()
            .name("divisionCode")
            .type()
            .stringType()
            .noDefault()
            .name("divisionName")
            .type()
            .nullable()
            .stringType()
            .noDefault()
            .endRecord();

    private final Map<Integer, Object> values = new HashMap<>();

    TestEvent with(String field, Object value) {
        put(SCHEMA.getField(field).pos(), value);
        return this;
    }

    @Override
    public Schema getSchema() {
        return SCHEMA;
    }

    @Override
    public Object get(int field) {
        return values.get(field);
    }

    @Override
    public void put(int field, Object value) {
        values.put(field, value);
    }
}
