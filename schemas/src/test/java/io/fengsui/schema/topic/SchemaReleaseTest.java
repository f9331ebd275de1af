package io.fengsui.schema.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.schemaregistry.CompatibilityLevel;
import io.confluent.kafka.schemaregistry.ParsedSchemaHolder;
import io.confluent.kafka.schemaregistry.SimpleParsedSchemaHolder;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.fengsui.event.DustSensor;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.SchemaFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Readers of any age must understand writers of any age. Each released schema is kept in
 * {@code src/test/resources/released/<version>/}; Confluent's own checker compares.
 */
class SchemaReleaseTest {
    private static final Path RELEASED = Path.of("src", "test", "resources", "released");
    private static final Path PRESENT = Path.of("target", "schemas-to-release");

    static Stream<Schema> schemas() {
        return Topics.fixed().stream()
                .map(Topic::schema)
                .collect(Collectors.toMap(Schema::getFullName, s -> s, (a, b) -> a, TreeMap::new))
                .values()
                .stream();
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void shouldBeCompatibleWithEveryReleasedSchema(Schema schema) throws IOException {
        Files.createDirectories(PRESENT);
        String file = schema.getFullName() + ".avsc";
        Files.writeString(PRESENT.resolve(file), SchemaFormatter.format("json/pretty", schema) + "\n");

        List<AvroSchema> released = released(file);

        assertThat(released).as(howToRelease(file)).isNotEmpty();
        assertThat(incompatibilities(schema, released)).isEmpty();
    }

    /** What is not released is compared with nothing: the next change would be judged without it. */
    @ParameterizedTest
    @MethodSource("schemas")
    void shouldBeReleasedAsItIs(Schema schema) throws IOException {
        String file = schema.getFullName() + ".avsc";
        List<AvroSchema> released = released(file);

        assertThat(released).as(howToRelease(file)).isNotEmpty();
        assertThat(released.get(released.size() - 1).rawSchema())
                .as(howToRelease(file))
                .isEqualTo(schema);
    }

    private static String howToRelease(String file) {
        return "cp schemas/" + PRESENT.resolve(file) + " schemas/" + RELEASED
                + "/<version>/ releases it; <version> is a new directory if the newest one has been shipped";
    }

    @Test
    void shouldKeepEveryReleasedSchemaInUse() throws IOException {
        try (Stream<Path> files = Files.walk(RELEASED)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(f -> f.getFileName().toString()))
                    .isSubsetOf(schemas().map(s -> s.getFullName() + ".avsc").toList());
        }
    }

    @Test
    void shouldRefuseWhenAFieldChangesItsType() {
        Schema changed = with(
                DustSensor.getClassSchema(),
                "hopperTemperatureCelsius",
                SchemaBuilder.builder().stringType());

        assertThat(incompatibilities(changed, List.of(new AvroSchema(DustSensor.getClassSchema()))))
                .isNotEmpty();
    }

    @Test
    void shouldRefuseWhenAFieldWithoutDefaultIsAdded() {
        List<Schema.Field> fields = copies(DustSensor.getClassSchema());
        fields.add(new Schema.Field("inspector", SchemaBuilder.builder().stringType()));

        assertThat(incompatibilities(
                        record(DustSensor.getClassSchema(), fields),
                        List.of(new AvroSchema(DustSensor.getClassSchema()))))
                .isNotEmpty();
    }

    @Test
    void shouldRefuseWhenAFieldWithoutDefaultIsRemoved() {
        List<Schema.Field> fields = copies(DustSensor.getClassSchema());
        fields.removeIf(f -> f.name().equals("header"));

        assertThat(incompatibilities(
                        record(DustSensor.getClassSchema(), fields),
                        List.of(new AvroSchema(DustSensor.getClassSchema()))))
                .isNotEmpty();
    }

    @Test
    void shouldAcceptWhenAFieldWithDefaultIsAdded() {
        List<Schema.Field> fields = copies(DustSensor.getClassSchema());
        fields.add(new Schema.Field("inspector", SchemaBuilder.builder().stringType(), "who looked", ""));

        assertThat(incompatibilities(
                        record(DustSensor.getClassSchema(), fields),
                        List.of(new AvroSchema(DustSensor.getClassSchema()))))
                .isEmpty();
    }

    private static List<String> incompatibilities(Schema schema, List<AvroSchema> released) {
        return new AvroSchema(schema)
                .isCompatible(
                        CompatibilityLevel.FULL_TRANSITIVE,
                        released.stream()
                                .<ParsedSchemaHolder>map(SimpleParsedSchemaHolder::new)
                                .toList());
    }

    private static List<AvroSchema> released(String file) throws IOException {
        try (Stream<Path> releases = Files.list(RELEASED)) {
            List<AvroSchema> found = new ArrayList<>();
            for (Path release : releases.sorted(Comparator.comparing(SchemaReleaseTest::version))
                    .toList()) {
                if (Files.exists(release.resolve(file))) {
                    found.add(new AvroSchema(
                            new Schema.Parser().parse(release.resolve(file).toFile())));
                }
            }
            return found;
        }
    }

    private static ModuleDescriptor.Version version(Path release) {
        return ModuleDescriptor.Version.parse(release.getFileName().toString());
    }

    private static Schema with(Schema schema, String name, Schema type) {
        List<Schema.Field> fields = copies(schema);
        fields.replaceAll(f -> f.name().equals(name) ? new Schema.Field(name, type) : f);
        return record(schema, fields);
    }

    private static List<Schema.Field> copies(Schema schema) {
        return schema.getFields().stream()
                .map(f -> new Schema.Field(f, f.schema()))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static Schema record(Schema like, List<Schema.Field> fields) {
        return Schema.createRecord(like.getName(), like.getDoc(), like.getNamespace(), false, fields);
    }
}
