import Testing

@testable import OTelEmitter

@Suite struct RetryAfterTests {
    private static let now: Int64 = 784_111_777

    private func wait(_ text: String?, date: String? = nil) -> Duration? {
        RetryAfter.wait(text, date: date, now: Self.now)
    }

    @Test(arguments: [("5", 5), (" 5 ", 5), ("05", 5), ("299", 299), ("300", 300)])
    func secondsAreWaited(text: String, seconds: Int64) {
        #expect(wait(text) == .seconds(seconds))
    }

    @Test(arguments: ["301", "3600", "999999999", "99999999999999999999999999"])
    func moreThanTheLongestCountsAsTheLongest(text: String) {
        #expect(wait(text) == RetryAfter.longest)
    }

    @Test(arguments: [nil, "", " ", "0", "-1", "soon", "5.5", "5s", "1e3", "+5", "0x10", "٥"])
    func whatAsksForNothingIsNil(text: String?) {
        #expect(wait(text) == nil)
    }

    @Test func aDateIsWaitedFor() {
        #expect(wait("Sun, 06 Nov 1994 08:49:42 GMT") == .seconds(5))
        #expect(wait("Sun, 06 Nov 1994 09:49:37 GMT") == RetryAfter.longest)
        #expect(wait("Sun, 06 Nov 1994 08:49:37 GMT") == nil)
        #expect(wait("Sun, 06 Nov 1994 08:49:30 GMT") == nil)
    }

    @Test func aDateIsMeantByTheServersClock() {
        let date = "Sun, 06 Nov 1994 10:00:00 GMT"
        #expect(wait("Sun, 06 Nov 1994 10:00:07 GMT", date: date) == .seconds(7))
        #expect(wait("Sun, 06 Nov 1994 08:49:42 GMT", date: date) == nil)
        #expect(wait("Sun, 06 Nov 1994 08:49:42 GMT", date: "nonsense") == .seconds(5))
        #expect(wait("5", date: date) == .seconds(5))
    }
}
