package io.fengsui.ingest.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fengsui.event.DustSensor;
import io.fengsui.event.FlaggedReading;
import io.fengsui.event.ReadingFlag;
import io.fengsui.ingest.decode.Hj212Encoder.Item;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.rejection.Rejection;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.Scale;
import org.jspecify.annotations.Nullable;

/** Packets of HJ 212: what is written is read, damage is found, and the password stays where it is. */
class Hj212PropertyTest {
    private static final Map<String, ReadingFlag> FLAGS = Map.of(
            "F", ReadingFlag.STOPPED,
            "M", ReadingFlag.MAINTENANCE,
            "S", ReadingFlag.SET_BY_HAND,
            "D", ReadingFlag.FAULT,
            "C", ReadingFlag.CALIBRATION,
            "T", ReadingFlag.OVER_RANGE,
            "B", ReadingFlag.COMMUNICATION_FAULT);

    @Property(tries = 500)
    void shouldReadWhatWasWritten(
            @ForAll @BigRange(min = "-50", max = "1000") @Scale(2) BigDecimal celsius,
            @ForAll @BigRange(min = "0", max = "100") @Scale(3) BigDecimal metresPerSecond,
            @ForAll boolean runs,
            @ForAll boolean fault,
            @ForAll int flag) {
        List<String> letters = List.copyOf(FLAGS.keySet());
        String letter = letters.get(Math.floorMod(flag, letters.size()));
        DustSensor event = decode(List.of(
                new Item("t1", celsius.toPlainString(), "N"),
                new Item("v1", metresPerSecond.toPlainString(), "N"),
                new Item("fan", runs ? "1" : "0", "N"),
                new Item("lock", fault ? "0" : "1", "N"),
                new Item("p1", "0", letter)));

        assertThat(event.getHopperTemperatureCelsius()).isEqualTo(celsius.doubleValue());
        assertThat(event.getAirVelocityMetresPerSecond()).isEqualTo(metresPerSecond.doubleValue());
        assertThat(event.getFanRunning()).isEqualTo(runs);
        assertThat(event.getDischargeLockFault()).isEqualTo(fault);
        assertThat(event.getDifferentialPressurePascals()).isNull();
        assertThat(event.getFlaggedReadings())
                .containsExactly(new FlaggedReading("differentialPressurePascals", FLAGS.get(letter)));
    }

    @Property(tries = 1000)
    void shouldFindEveryDamagedByteOfTheData(@ForAll int where, @ForAll byte damage) {
        byte[] packet = Hj212Encoder.packet(Hj212Encoder.data(List.of(new Item("t1", "41.5", "N"))));
        int position = 6 + Math.floorMod(where, packet.length - 12);
        packet[position] ^= damage;

        DecodeException refusal = refusal(packet);

        assertThat(refusal == null ? null : refusal.reason()).isEqualTo(damage == 0 ? null : Rejection.BAD_CHECKSUM);
    }

    @Property(tries = 4000)
    void shouldQuoteNothingOfAPacketWhateverIsWrongWithIt(@ForAll long seed) {
        Random random = new Random(seed);
        StringBuilder data = new StringBuilder(
                Hj212Encoder.data(List.of(new Item("t1", Hj212Encoder.PASSWORD, "N"), new Item("fan", "1", "D"))));
        for (int i = random.nextInt(5); i >= 0; i--) {
            int position = random.nextInt(data.length());
            switch (random.nextInt(4)) {
                case 0 -> data.deleteCharAt(position);
                case 1 -> data.setCharAt(position, ";,=&-".charAt(random.nextInt(5)));
                case 2 -> data.insert(position, Hj212Encoder.PASSWORD);
                default -> data.setCharAt(position, (char) random.nextInt(256));
            }
        }

        DecodeException refusal = refusal(Hj212Encoder.packet(data.toString()));

        if (refusal != null) {
            assertThat(refusal.getMessage() + refusal.field() + refusal.detail() + refusal.messageId())
                    .doesNotContain(Hj212Encoder.PASSWORD);
        }
    }

    private static DustSensor decode(List<Item> items) {
        return (DustSensor)
                Vectors.decode(Feeds.DUST_SENSOR, Hj212Encoder.packet(Hj212Encoder.data(new ArrayList<>(items))), false)
                        .get(0);
    }

    private static @Nullable DecodeException refusal(byte[] packet) {
        return catchThrowableOfType(DecodeException.class, () -> Vectors.decode(Feeds.DUST_SENSOR, packet, false));
    }
}
