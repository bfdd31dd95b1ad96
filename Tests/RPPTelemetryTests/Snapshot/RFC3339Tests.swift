import Foundation
import Testing

@testable import RPPTelemetry

@Suite struct RFC3339Tests {
    @Test(arguments: [
        (UInt64(0), "1970-01-01T00:00:00Z"), (951_782_399, "2000-02-28T23:59:59Z"),
        (951_782_400, "2000-02-29T00:00:00Z"), (1_735_689_600, "2025-01-01T00:00:00Z"),
        (4_107_542_400, "2100-03-01T00:00:00Z"), (253_402_300_799, "9999-12-31T23:59:59Z"),
        (UInt64.max, "9999-12-31T23:59:59Z"),
    ])
    func knownInstants(_ seconds: UInt64, _ text: String) {
        #expect(RFC3339.text(secondsSince1970: seconds) == text)
    }

    @Test(arguments: [
        "", "2025-01-01", "2025-01-01T00:00:00", "2025-01-01t00:00:00z", "2025-01-01T00:00:00+00",
        "2025-02-29T00:00:00Z", "2100-02-29T00:00:00Z", "2025-13-01T00:00:00Z",
        "2025-00-01T00:00:00Z", "2025-01-00T00:00:00Z", "2025-01-01T24:00:00Z",
        "2025-01-01T00:60:00Z", "2025-01-01T00:00:60Z", "1969-12-31T23:59:59Z",
        "+025-01-01T00:00:00Z", "2025_01_01T00:00:00Z", "２０25-01-01T00:00Z",
    ])
    func otherTextsAreNoTimes(text: String) {
        #expect(RFC3339.secondsSince1970(text) == nil)
    }

    @Test func agreesWithFoundationOnRandomInstants() {
        let seed = UInt64.random(in: 0...UInt64.max)
        var state = seed
        for _ in 0..<2000 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let seconds = (state >> 16) % 253_402_300_800
            let date = Date(timeIntervalSince1970: TimeInterval(seconds))
            let expected = date.formatted(.iso8601)
            #expect(RFC3339.text(secondsSince1970: seconds) == expected, "seed \(seed)")
            #expect(RFC3339.secondsSince1970(expected) == seconds, "seed \(seed)")
        }
    }
}
