import TestSupport
import Testing

@testable import OTelEmitter

@Suite struct CivilDateTests {
    @Test(arguments: [
        (Int64(0), "1970-01-01"), (86_399, "1970-01-01"), (-1, "1969-12-31"),
        (951_782_400, "2000-02-29"), (1_709_164_800, "2024-02-29"), (4_107_542_400, "2100-03-01"),
        (-62_135_596_800, "0001-01-01"), (253_402_300_799, "9999-12-31"),
    ])
    func secondsAreShownAsADate(seconds: Int64, text: String) {
        #expect(CivilDate.text(seconds) == text)
    }

    @Test func datesThatDoNotExistAreNone() {
        func seconds(_ year: Int64, _ month: Int64, _ day: Int64, _ hour: Int64 = 0) -> Int64? {
            CivilDate.seconds(
                year: year, month: month, day: day, hour: hour, minute: 0, second: 0)
        }
        #expect(seconds(2024, 2, 29) == 1_709_164_800)
        #expect(seconds(2023, 2, 29) == nil && seconds(2100, 2, 29) == nil)
        #expect(seconds(2024, 4, 31) == nil && seconds(2024, 0, 1) == nil)
        #expect(seconds(2024, 13, 1) == nil && seconds(0, 1, 1) == nil)
        #expect(seconds(2024, 1, 1, 24) == nil && seconds(10_000, 1, 1) == nil)
    }

    @Test func everyDayOfFourCenturiesFollowsTheOneBefore() {
        var last = CivilDate.text(-86_400 * 150_000)
        for day in -149_999...150_000 {
            let text = CivilDate.text(Int64(day) * 86_400)
            #expect(last < text)
            last = text
        }
    }

    @Test func anyTimeHasAText() {
        for seconds in [Int64.min, .max, .min / 2, .max / 3] {
            #expect(!CivilDate.text(seconds).isEmpty)
        }
    }
}
