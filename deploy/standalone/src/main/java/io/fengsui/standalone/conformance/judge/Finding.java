package io.fengsui.standalone.conformance.judge;

import java.util.List;

/**
 * What is said of a point.
 *
 * @param settled whether longer watching would hardly change it
 * @param seen what was seen
 * @param examples single cases, the first of each kind
 */
public record Finding(Point point, Status status, boolean settled, Words seen, List<Words> examples) {

    /** How a point stands. */
    public enum Status {
        PASS("通过"),
        WARN("提醒"),
        FAIL("不通过"),
        NOT_SEEN("未见");

        private final String zh;

        Status(String zh) {
            this.zh = zh;
        }

        public String zh() {
            return zh;
        }

        public String en() {
            return name().replace('_', ' ');
        }
    }

    public Finding {
        examples = List.copyOf(examples);
    }

    static Finding of(Point point, Status status, String zh, String en) {
        return new Finding(point, status, true, new Words(zh, en), List.of());
    }

    /** Nothing was seen of it yet. */
    static Finding notYet(Point point, String zh, String en) {
        return new Finding(point, Status.NOT_SEEN, false, new Words(zh, en), List.of());
    }

    /** The same, with single cases. */
    Finding showing(List<Words> cases) {
        return new Finding(point, status, settled, seen, cases);
    }

    /** The same, final or not. */
    Finding settled(boolean isSettled) {
        return new Finding(point, status, isSettled, seen, examples);
    }
}
