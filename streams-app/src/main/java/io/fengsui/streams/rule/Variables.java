package io.fengsui.streams.rule;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelUnknownSet;
import io.fengsui.event.EventHeader;
import io.fengsui.event.SiteKind;
import io.fengsui.reference.Device;
import io.fengsui.reference.Site;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Masking;
import io.fengsui.schema.feed.UnitName;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * The names that conditions and texts of a feed may use: {@code event.<field>}, {@code device.*}, {@code site.*},
 * {@code param.*}. Each is a CEL variable of its own with the type of its Avro field, so that a misspelt field or a text
 * compared with a number is refused when the file is compiled. Enums are strings of their symbols.
 */
final class Variables {

    /** Put before the name of a variable that tells whether another one has a value; {@code has(x)} is turned into it. */
    static final String PRESENT = "present ";

    /** Said behind the name of a field that {@link #isPersonal}. */
    static final String NO_PERSONAL_DATA = " is personal data; it is masked before rules see the event";

    static final String PARAM = "param.";

    /** How much the reading that a rule follows has risen, in the reading's unit. */
    static final String RISE = "rise";

    private static final Map<String, Words> LABELS = Map.of(
            "event.eventTime", new Words("设备时间", "Device time"),
            "event.receivedAt", new Words("到达时间", "Arrival"),
            "event.vendor", new Words("厂商", "Vendor"),
            "device.id", new Words("设备编号", "Device id"),
            "device.type", new Words("设备类型", "Device type"),
            "device.unitIds", new Words("主管单位", "Units in charge"),
            "site.kind", new Words("场所类型", "Site kind"),
            "site.grade", new Words("场所等级", "Site grade"));
    private static final CelUnknownSet UNKNOWN = CelUnknownSet.create(0L);

    /**
     * @param symbols of an enum, else empty
     * @param label what people call it
     * @param unit its symbol; empty without one
     * @param value reads it; null where there is none
     */
    record Variable(
            String name,
            CelType type,
            List<String> symbols,
            Words label,
            String unit,
            Function<Facts, @Nullable Object> value) {

        /** Whether hardly two events have the same value: readings and times. */
        boolean changesAlways() {
            return type.equals(SimpleType.TIMESTAMP) || (type.equals(SimpleType.DOUBLE) && !name.startsWith(PARAM));
        }
    }

    private final Map<String, Variable> byName = new LinkedHashMap<>();
    private final Set<String> personal = new HashSet<>();

    private Variables() {}

    static Variables of(Feed<?> feed, Collection<Param> params) {
        Variables variables = new Variables();
        variables.addHeader();
        variables.addFields(feed);
        variables.addDevice();
        variables.addSite();
        for (Param param : params) {
            variables.add(new Variable(
                    PARAM + param.name(), SimpleType.DOUBLE, List.of(), param.title(), param.unit(), param::value));
        }
        variables.add(
                new Variable(RISE, SimpleType.DOUBLE, List.of(), new Words("上升", "Rise"), "", facts -> facts.extras()
                        .get(RISE)));
        return variables;
    }

    Collection<Variable> all() {
        return byName.values();
    }

    @Nullable
    Variable find(String name) {
        return byName.get(name);
    }

    /** Whether it is a field that rules do not get, because it is masked before they see the event. */
    boolean isPersonal(String name) {
        return personal.contains(name);
    }

    /** Value as CEL takes it; a missing one is unknown to CEL, which then reckons with three values. */
    Optional<Object> resolve(String name, Facts facts) {
        if (name.startsWith(PRESENT)) {
            Variable of = byName.get(name.substring(PRESENT.length()));
            return of == null ? Optional.empty() : Optional.of(of.value.apply(facts) != null);
        }
        Variable variable = byName.get(name);
        if (variable == null) {
            return Optional.empty();
        }
        Object value = variable.value.apply(facts);
        return Optional.of(value == null ? UNKNOWN : value);
    }

    /** The same for values that are assumed. */
    static Optional<Object> assumed(String name, Map<String, Object> values) {
        if (name.startsWith(PRESENT)) {
            return Optional.of(values.containsKey(name.substring(PRESENT.length())));
        }
        return Optional.of(values.getOrDefault(name, UNKNOWN));
    }

    private void addHeader() {
        addFromHeader("event.eventTime", SimpleType.TIMESTAMP, EventHeader::getEventTime);
        addFromHeader("event.receivedAt", SimpleType.TIMESTAMP, EventHeader::getReceivedAt);
        addFromHeader("event.vendor", SimpleType.STRING, EventHeader::getVendor);
        addFromHeader(
                "event.format", SimpleType.STRING, header -> header.getSource().getFormat());
    }

    private void addFields(Feed<?> feed) {
        for (Schema.Field field : feed.schema().getFields()) {
            if (Masking.isPersonal(field)) {
                personal.add("event." + field.name());
                continue;
            }
            Schema schema = valueSchema(field.schema());
            CelType type = celType(schema);
            if (type == null) {
                continue;
            }
            int position = field.pos();
            List<String> symbols = schema.getType() == Schema.Type.ENUM ? schema.getEnumSymbols() : List.of();
            String unit = UnitName.of(field.name()).map(UnitName::symbol).orElse("");
            add(new Variable("event." + field.name(), type, symbols, label(feed, field.name()), unit, facts -> {
                SpecificRecord event = facts.event();
                return event == null ? facts.extras().get("event." + field.name()) : celValue(event.get(position));
            }));
        }
    }

    private void addDevice() {
        add("device.id", SimpleType.STRING, Facts::deviceId);
        add("device.unitIds", ListType.create(SimpleType.STRING), Facts::unitIds);
        addFromDevice("device.name", SimpleType.STRING, Device::getName);
        addFromDevice("device.type", SimpleType.STRING, Device::getType);
        addFromDevice("device.vendor", SimpleType.STRING, Device::getVendor);
        addFromDevice("device.gatewayId", SimpleType.STRING, Device::getGatewayId);
        addFromDevice("device.heartbeatSeconds", SimpleType.INT, Device::getHeartbeatSeconds);
    }

    private void addSite() {
        addFromSite("site.id", Site::getSiteId);
        addFromSite("site.name", Site::getName);
        addFromSite("site.grade", Site::getGrade);
        List<String> kinds = Arrays.stream(SiteKind.values()).map(Enum::name).toList();
        add(new Variable("site.kind", SimpleType.STRING, kinds, label("site.kind"), "", facts -> {
            Site site = facts.site();
            return site == null ? SiteKind.NONE.name() : site.getKind().name();
        }));
    }

    private void addFromHeader(String name, CelType type, Function<EventHeader, @Nullable Object> read) {
        add(name, type, facts -> {
            EventHeader header = facts.header();
            return header == null ? facts.extras().get(name) : read.apply(header);
        });
    }

    private void addFromDevice(String name, CelType type, Function<Device, @Nullable Object> read) {
        add(name, type, facts -> {
            Device device = facts.device();
            return device == null ? null : celValue(read.apply(device));
        });
    }

    private void addFromSite(String name, Function<Site, @Nullable Object> read) {
        add(name, SimpleType.STRING, facts -> {
            Site site = facts.site();
            return site == null ? null : read.apply(site);
        });
    }

    private void add(String name, CelType type, Function<Facts, @Nullable Object> value) {
        add(new Variable(name, type, List.of(), label(name), "", value));
    }

    private void add(Variable variable) {
        byName.put(variable.name(), variable);
    }

    private static Words label(Feed<?> feed, String field) {
        return feed.field(field)
                .map(declared -> new Words(declared.zh(), declared.en()))
                .orElseGet(() -> new Words(field, UnitName.words(field)));
    }

    private static Words label(String name) {
        return LABELS.getOrDefault(name, new Words(name, name));
    }

    private static Schema valueSchema(Schema schema) {
        if (schema.getType() != Schema.Type.UNION) {
            return schema;
        }
        return schema.getTypes().stream()
                .filter(s -> s.getType() != Schema.Type.NULL)
                .findFirst()
                .orElse(schema);
    }

    /** Null for what conditions cannot look at: nested records and bytes. */
    private static @Nullable CelType celType(Schema schema) {
        return switch (schema.getType()) {
            case BOOLEAN -> SimpleType.BOOL;
            case INT, LONG -> schema.getLogicalType() == null ? SimpleType.INT : SimpleType.TIMESTAMP;
            case FLOAT, DOUBLE -> SimpleType.DOUBLE;
            case STRING, ENUM -> SimpleType.STRING;
            default -> null;
        };
    }

    private static @Nullable Object celValue(@Nullable Object value) {
        if (value instanceof Integer number) {
            return number.longValue();
        }
        if (value instanceof Float number) {
            return number.doubleValue();
        }
        return value instanceof Enum<?> symbol ? symbol.name() : value;
    }
}
