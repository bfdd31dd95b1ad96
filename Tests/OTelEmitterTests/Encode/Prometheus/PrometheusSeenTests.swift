import Testing

@testable import OTelEmitter

@Suite struct PrometheusSeenTests {
    private func insert(_ text: String, into seen: inout PrometheusSeen) -> Bool {
        Array(text.utf8).withUnsafeBytes { seen.insert($0) }
    }

    @Test func aTextIsNewOnce() {
        var seen = PrometheusSeen()
        // Enough that the table grows several times.
        for index in 0..<5000 { #expect(insert("a=\"\(index)\"", into: &seen)) }
        for index in 0..<5000 { #expect(!insert("a=\"\(index)\"", into: &seen)) }
        #expect(insert("a=\"5000\"", into: &seen))
    }

    @Test func theEmptyTextIsOneToo() {
        var seen = PrometheusSeen()
        #expect(insert("", into: &seen))
        #expect(!insert("", into: &seen))
        #expect(insert("a", into: &seen))
    }

    @Test func textsAreToldApartByTheirBytes() {
        var seen = PrometheusSeen()
        #expect(insert("\u{E9}", into: &seen))
        #expect(insert("e\u{301}", into: &seen))
        #expect(insert("e", into: &seen))
    }

    @Test func afterwardsAllAreNewAgain() {
        var seen = PrometheusSeen()
        for _ in 0..<3 {
            for index in 0..<100 { #expect(insert("\(index)", into: &seen)) }
            seen.removeAll()
        }
    }

    /// Families differ in size, and only what one has put is taken away after it.
    @Test func nothingOfALargeFamilyStays() {
        var seen = PrometheusSeen()
        for count in [5000, 3, 0, 5000, 100] {
            for index in 0..<count { #expect(insert("\(index)", into: &seen)) }
            for index in 0..<count { #expect(!insert("\(index)", into: &seen)) }
            seen.removeAll()
        }
    }
}
