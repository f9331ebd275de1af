package io.fengsui.seeds.fleet.traffic;

import io.fengsui.reference.Device;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;

/** The rescue centre's work orders: a few are open at a time, each goes its steps, most are faults and questions. */
final class ElevatorTraffic implements FeedTraffic {
    private static final List<String> ENTRAPMENT = List.of("RECEIVED", "DISPATCHED", "ARRIVED", "RESCUED", "CLOSED");
    private static final List<String> OTHER = List.of("RECEIVED", "DISPATCHED", "CLOSED");
    private static final List<String> OTHER_KINDS = List.of("FAULT", "FAULT", "COMPLAINT", "INQUIRY");
    private static final int OPEN_ORDERS = 4;

    private static final class Order {
        private final Device lift;
        private final String number;
        private final String kind;
        private final List<String> states;
        private final int trapped;
        private int step;

        Order(Device lift, String number, String kind, List<String> states, int trapped) {
            this.lift = lift;
            this.number = number;
            this.kind = kind;
            this.states = states;
            this.trapped = trapped;
        }
    }

    private final DeviceRing ring;
    private final Episodes episodes;
    private final Random random;
    private final String run;
    private final Deque<Order> open = new ArrayDeque<>();
    private int orders;

    /** @param run tells the order numbers of one run from those of another */
    ElevatorTraffic(List<Device> lifts, double alarmShare, Random random, String run) {
        this.ring = new DeviceRing(lifts, random);
        this.episodes = new Episodes(alarmShare, ENTRAPMENT.size());
        this.random = random;
        this.run = run;
    }

    @Override
    public Optional<Device> device(Predicate<Device> canSpeak) {
        return ring.next(canSpeak);
    }

    @Override
    public Optional<DeviceReport> next(Predicate<Device> canSpeak) {
        boolean entrapment = episodes.begins();
        if (entrapment || open.size() < OPEN_ORDERS) {
            Optional<Device> lift = ring.next(canSpeak);
            lift.ifPresent(device -> open.addLast(order(device, entrapment)));
            return lift.map(device -> step(open.getLast()));
        }
        for (int tried = 0; tried < open.size(); tried++) {
            Order order = open.removeFirst();
            open.addLast(order);
            if (canSpeak.test(order.lift)) {
                return Optional.of(step(order));
            }
        }
        return Optional.empty();
    }

    private Order order(Device lift, boolean entrapment) {
        orders++;
        String number = "E" + run + "-" + orders;
        if (entrapment) {
            return new Order(lift, number, "ENTRAPMENT", ENTRAPMENT, 1 + random.nextInt(4));
        }
        return new Order(lift, number, OTHER_KINDS.get(random.nextInt(OTHER_KINDS.size())), OTHER, 0);
    }

    private DeviceReport step(Order order) {
        String state = order.states.get(order.step++);
        if (order.step == order.states.size()) {
            open.remove(order);
        }
        boolean entrapment = order.kind.equals("ENTRAPMENT");
        Map<String, Object> fields = fields(order.lift, order.number, order.kind, state);
        fields.put("rescueLevel", 1);
        if (entrapment) {
            fields.put("trapped", order.trapped);
            fields.put("injured", 0);
            fields.put("description", "样例: 轿厢停在楼层之间，通话正常");
        }
        return new DeviceReport(order.lift, fields, null, entrapment);
    }

    @Override
    public DeviceReport plain(Device device) {
        orders++;
        return new DeviceReport(device, fields(device, "Q" + run + "-" + orders, "INQUIRY", "CLOSED"), null, false);
    }

    private static Map<String, Object> fields(Device lift, String number, String kind, String state) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("orderNo", number);
        fields.put("kind", kind);
        fields.put("state", state);
        fields.put("rescueCode", lift.getDeviceId());
        return fields;
    }
}
