package io.fengsui.alerting.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.alerting.incident.Position;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutlineTest {
    private static final Position A = new Position(120, 31);
    private static final Position B = new Position(121, 31);
    private static final Position C = new Position(121, 32);
    private static final Position D = new Position(120, 32);
    private static final Position INSIDE = new Position(120.5, 31.5);

    @Test
    void shouldGoAroundAndLeaveOutWhatIsInside() {
        assertThat(Outline.around(List.of(C, INSIDE, A, D, A, B))).containsExactly(A, B, C, D);
    }

    @Test
    void shouldBeNoneForAPointOrALine() {
        assertThat(Outline.around(List.of())).isEmpty();
        assertThat(Outline.around(List.of(A, A, A, B))).isEmpty();
        assertThat(Outline.around(List.of(A, new Position(120.5, 31), B))).isEmpty();
    }
}
