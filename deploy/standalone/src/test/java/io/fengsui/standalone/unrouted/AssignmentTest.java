package io.fengsui.standalone.unrouted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fengsui.ops.ReferenceChange;
import io.fengsui.platform.StartException;
import io.fengsui.reference.Device;
import io.fengsui.reference.DivisionCode;
import io.fengsui.reference.Unit;
import io.fengsui.reference.UnitKind;
import io.fengsui.schema.reference.Dated;
import io.fengsui.standalone.letters.ReplayTransactions;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class AssignmentTest {
    private static final LocalDate LAST = LocalDate.parse("2022-12-31");
    private static final String CODE = "320583105";

    private final List<Unit> units = List.of(
            unit("dianshanhu", UnitKind.TOWNSHIP, new DivisionCode(CODE, null, LAST)),
            unit("zhangpu", UnitKind.TOWNSHIP, new DivisionCode("320583106", null, null)),
            unit("police", UnitKind.DEPARTMENT));

    @Test
    void shouldLetACodeStandForAUnitAndSayWhatTheFileNeeds() {
        Assignment<Unit> assignment =
                Assignment.ofDivision("320583999", "zhangpu", null, "Assigned by li: \"new\"", units);

        assertThat(assignment.after().getCodes())
                .containsExactly(new DivisionCode("320583106", null, null), new DivisionCode("320583999", null, null));
        assertThat(assignment.file()).isEqualTo("unit-codes.csv");
        assertThat(assignment.line()).isEqualTo("320583999,zhangpu,,,\"Assigned by li: \"\"new\"\"\"");
        ReferenceChange change = assignment.change(new ReplayTransactions.Order("li", "new", Instant.EPOCH));
        assertThat(change.getTopic() + "|" + change.getKey()).isEqualTo("ref.unit|zhangpu");
        assertThat(change.getBefore()).doesNotContain("320583999");
        assertThat(change.getAfter()).contains("320583999");
    }

    @Test
    void shouldBeginWhenTheLastUnitHadItNoMore() {
        Assignment<Unit> assignment = Assignment.ofDivision(CODE, "zhangpu", null, "x", units);

        assertThat(assignment.after().getCodes())
                .last()
                .extracting(DivisionCode::getValidFrom)
                .isEqualTo(LAST.plusDays(1));
    }

    @Test
    void shouldRefuseACodeThatStandsForAUnit() {
        refused(() -> Assignment.ofDivision("320583106", "dianshanhu", null, "x", units), "stands for zhangpu already");
        refused(
                () -> Assignment.ofDivision(CODE, "zhangpu", LAST, "x", units),
                "stands for dianshanhu until 2022-12-31; --from may be the day after");
        refused(() -> Assignment.ofDivision("32058", "zhangpu", null, "x", units), "expected 9 or 12 digits");
        refused(() -> Assignment.ofDivision("320583999", "zhang", null, "x", units), "There is no unit zhang");
        refused(() -> Assignment.ofDivision("320583999", "police", null, "x", units), "of kind DEPARTMENT");
    }

    @Test
    void shouldLeaveAUnitThatEndsToTheFiles() {
        Unit ended = Unit.newBuilder(unit("old-town", UnitKind.TOWNSHIP))
                .setValidTo(LAST)
                .build();

        refused(
                () -> Assignment.ofDivision("320583999", "old-town", null, "x", List.of(ended)),
                "old-town has days of its own in units.csv");
    }

    @Test
    void shouldGiveADeviceAUnitOnAllItsDays() {
        Device former = device().setValidTo(LAST).build();
        Device later = device().setValidFrom(LAST.plusDays(1)).build();

        Assignment<Device> assignment =
                Assignment.ofDevice("d", "zhangpu", Dated.DEVICE.record(List.of(former, later)), units);

        assertThat(Dated.DEVICE.rows(assignment.after()))
                .extracting(Device::getUnitId)
                .containsExactly("zhangpu", "zhangpu");
    }

    @Test
    void shouldRefuseADeviceThatHasAPlace() {
        refused(() -> Assignment.ofDevice("d", "zhangpu", null, units), "is not registered");
        refused(
                () -> Assignment.ofDevice(
                        "d", "zhangpu", device().setSiteId("s").build(), units),
                "is of site s");
        refused(
                () -> Assignment.ofDevice(
                        "d", "zhangpu", device().setUnitId("dianshanhu").build(), units),
                "is of dianshanhu already");
    }

    private static void refused(Runnable assignment, String why) {
        assertThatThrownBy(assignment::run).isInstanceOf(StartException.class).hasMessageContaining(why);
    }

    private static Device.Builder device() {
        return Device.newBuilder()
                .setDeviceId("d")
                .setVendor("acme")
                .setFeed("video-status")
                .setType("camera")
                .setName("d");
    }

    private static Unit unit(String id, UnitKind kind, DivisionCode... codes) {
        return Unit.newBuilder()
                .setUnitId(id)
                .setKind(kind)
                .setNameZh(id)
                .setNameEn(id)
                .setCodes(List.of(codes))
                .build();
    }
}
