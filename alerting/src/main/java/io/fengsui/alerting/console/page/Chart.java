package io.fengsui.alerting.console.page;

import java.util.List;

/**
 * One reading over time, as coordinates of a picture of {@value #WIDTH} by {@value #HEIGHT}, with the same in words.
 *
 * @param path of the line, as SVG has it; it is broken where the device was silent
 * @param dots single readings, where there are few
 * @param text what the picture shows, for those who do not see it
 * @param rows the readings in some thirty spans
 */
public record Chart(
        String title,
        String unit,
        String path,
        List<Dot> dots,
        List<Tick> up,
        List<Tick> along,
        List<LimitLine> limits,
        List<Mark> marks,
        String text,
        List<Row> rows) {

    public static final int WIDTH = 640;
    public static final int HEIGHT = 240;
    public static final int LEFT = 58;
    public static final int RIGHT = WIDTH - 12;
    public static final int TOP = 34;
    public static final int BOTTOM = HEIGHT - 28;

    public record Dot(String x, String y) {}

    /** @param at coordinate along its axis */
    public record Tick(String at, String label) {}

    /** @param above whether its label stands above the line */
    public record LimitLine(String y, String label, boolean above) {
        /** Where its label stands. */
        public String labelY() {
            return ChartPen.coordinate(Double.parseDouble(y) + (above ? -5 : 14));
        }
    }

    /**
     * Something that happened to the alert.
     *
     * @param style CSS class
     * @param row of its label, from the top; labels of marks that stand close have rows of their own
     * @param end whether its label ends at the line instead of beginning there
     */
    public record Mark(String x, String label, String at, String style, int row, boolean end) {
        public String labelY() {
            return Integer.toString(12 + row * 11);
        }

        public String anchor() {
            return end ? "end" : "start";
        }

        public String labelX() {
            return ChartPen.coordinate(Double.parseDouble(x) + (end ? -4 : 4));
        }
    }

    public record Row(String time, String lowest, String highest, String last) {}

    public int width() {
        return WIDTH;
    }

    public int height() {
        return HEIGHT;
    }
}
