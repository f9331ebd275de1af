package io.fengsui.standalone.letters;

import io.fengsui.ops.DeadLetter;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Letters as a table that fits a terminal of 120 columns. The address is never cut: people copy it. */
public final class LetterTable {
    static final int COLUMNS = 120;
    private static final int TIME = 19;
    private static final int ROOM_FOR_REASON = 30;
    private static final String GAP = "  ";
    private static final String DONE = "*";
    private static final String BROKEN_OFF = "?";

    private final Language language;
    private final ReplayHistory history;

    public LetterTable(Language language, ReplayHistory history) {
        this.language = language;
        this.history = history;
    }

    public void print(List<Letter> letters, Consumer<String> out) {
        if (letters.isEmpty()) {
            return;
        }
        int address = widest(letters.stream().map(l -> l.address().toString()).toList(), COLUMNS);
        int reason = widest(letters.stream().map(this::reason).toList(), ROOM_FOR_REASON);
        int besides = 2 + address + TIME + 3 * GAP.length() + reason;
        int sender = widest(letters.stream().map(LetterTable::sender).toList(), Math.max(18, COLUMNS - besides));
        out.accept(row(
                address,
                sender,
                " ",
                language.say("地址", "ADDRESS"),
                language.say("收到时间", "RECEIVED"),
                language.say("厂商/类别/设备", "VENDOR/FEED/DEVICE"),
                language.say("原因", "REASON")));
        Set<String> marks = new HashSet<>();
        for (Letter letter : letters) {
            String mark = mark(letter);
            marks.add(mark);
            out.accept(row(
                    address,
                    sender,
                    mark,
                    letter.address().toString(),
                    Moment.shown(letter.content().getReceivedAt()),
                    sender(letter),
                    reason(letter)));
        }
        if (marks.contains(DONE)) {
            out.accept(DONE + " " + language.say("已重放", "replayed"));
        }
        if (marks.contains(BROKEN_OFF)) {
            out.accept(BROKEN_OFF + " "
                    + language.say(
                            "重放尚在进行或已中断；再次重放时查明",
                            "its replay is under way or was broken off; the next one finds out what came of it"));
        }
    }

    private String mark(Letter letter) {
        if (history.done(letter.address()).isPresent()) {
            return DONE;
        }
        return history.brokenOff(letter.address()).isPresent() ? BROKEN_OFF : " ";
    }

    /** How many letters of each reason, the most frequent first. */
    public void printCounts(Map<String, Long> byReason, Consumer<String> out) {
        long total = byReason.values().stream().mapToLong(Long::longValue).sum();
        out.accept(language.say("共 " + total + " 封死信", total + (total == 1 ? " dead letter" : " dead letters")));
        new TreeMap<>(byReason)
                .entrySet().stream()
                        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                        .forEach(count -> out.accept(Printable.cut(
                                String.format("%8d  %-20s  ", count.getValue(), Printable.of(count.getKey()))
                                        + Letter.reason(count.getKey())
                                                .map(language::reason)
                                                .orElse(""),
                                COLUMNS)));
    }

    private static String row(int address, int sender, String mark, String... cells) {
        String line = mark + " " + Printable.pad(cells[0], address) + GAP + Printable.pad(cells[1], TIME) + GAP
                + Printable.pad(Printable.cut(cells[2], sender), sender) + GAP + cells[3];
        return Printable.cut(line, COLUMNS).stripTrailing();
    }

    private static int widest(List<String> texts, int most) {
        return Math.min(most, texts.stream().mapToInt(Printable::width).max().orElse(0));
    }

    private String reason(Letter letter) {
        String field = letter.content().getField();
        return (field == null ? "" : Printable.of(field) + ": ") + language.reason(letter);
    }

    private static String sender(Letter letter) {
        DeadLetter content = letter.content();
        return or(content.getVendor()) + "/" + or(content.getFeed()) + "/" + or(content.getDeviceId());
    }

    private static String or(@Nullable String text) {
        return text == null ? "-" : Printable.of(text);
    }
}
