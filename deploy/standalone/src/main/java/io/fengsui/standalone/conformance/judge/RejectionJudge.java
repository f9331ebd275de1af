package io.fengsui.standalone.conformance.judge;

import io.fengsui.standalone.conformance.judge.Finding.Status;
import io.fengsui.standalone.conformance.observe.Journal;
import io.fengsui.standalone.conformance.observe.Observation.Closed;
import io.fengsui.standalone.conformance.observe.Observation.Message;
import io.fengsui.standalone.conformance.observe.Observation.Notice;
import io.fengsui.standalone.conformance.observe.Observation.Side;
import io.fengsui.standalone.conformance.observe.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Whether a client leaves a refused message alone, and stays. */
final class RejectionJudge implements Judge {
    /** What left the client before it could read the notice is forgiven. */
    private static final Duration UNDER_WAY = Duration.ofSeconds(2);

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Override
    public Finding judge(Journal journal) {
        List<Notice> notices = journal.all(Notice.class).toList();
        if (notices.isEmpty()) {
            return journal.plan().provokes()
                    ? Finding.notYet(Point.REJECTION, "还没有发出通知", "No notice has been sent yet")
                    : Finding.of(
                            Point.REJECTION,
                            Status.NOT_SEEN,
                            "没有消息被拒；--provoke-rejection 可试",
                            "Nothing was refused; --provoke-rejection tries it");
        }
        Cases faults = new Cases();
        notices.forEach(notice -> look(journal, notice, faults));
        Instant last = notices.get(notices.size() - 1).at();
        boolean waited = Duration.between(last, journal.until()).compareTo(PATIENCE) >= 0;
        return (faults.none()
                        ? Finding.of(
                                Point.REJECTION,
                                Status.PASS,
                                notices.size() + " 个通知之后，同一消息未再出现",
                                "Notices: " + notices.size() + ", no refused message came again")
                        : Finding.of(Point.REJECTION, Status.FAIL, "通知之后仍有问题", "The client does not heed the notice")
                                .showing(faults.examples()))
                .settled(waited || !faults.none());
    }

    private static void look(Journal journal, Notice notice, Cases faults) {
        Instant heard = notice.at().plus(UNDER_WAY);
        refused(journal, notice).ifPresent(refused -> journal.messages().stream()
                .filter(message -> message.at().isAfter(heard))
                .map(Message::reading)
                .filter(reading -> isSame(reading, refused))
                .forEach(reading -> faults.add(
                        reading.topic() + "：被拒的消息又发了", reading.topic() + ": the refused message was sent again")));
        journal.all(Closed.class)
                .filter(closed -> closed.link() == notice.link() && closed.by() == Side.CLIENT)
                .filter(closed -> closed.at().isBefore(heard))
                .forEach(closed -> faults.add("收到通知后断开了连接", "the connection was dropped on the notice"));
    }

    /** The last message before the notice that it can be about. */
    private static Optional<Reading> refused(Journal journal, Notice notice) {
        return journal.messages().stream()
                .filter(message -> !message.at().isAfter(notice.at()))
                .map(Message::reading)
                .filter(reading -> isAbout(notice, reading))
                .reduce((first, second) -> second);
    }

    private static boolean isAbout(Notice notice, Reading reading) {
        if (notice.fingerprint() != null) {
            return notice.fingerprint().equals(reading.fingerprint());
        }
        return notice.eventId() != null
                ? notice.eventId().equals(reading.eventId())
                : reading.refused() && reading.topic().equals(notice.mqttTopic());
    }

    private static boolean isSame(Reading reading, Reading refused) {
        boolean sameId = refused.eventId() != null && refused.eventId().equals(reading.eventId());
        return reading.fingerprint().equals(refused.fingerprint()) || (sameId && reading.refused());
    }
}
