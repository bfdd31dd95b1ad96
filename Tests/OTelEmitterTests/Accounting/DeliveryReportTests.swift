import Testing

@testable import OTelEmitter

@Suite struct DeliveryReportTests {
    @Test func theTextIsThatOfTheTotals() {
        var totals = DeliveryTotals()
        totals.recorded = 3
        totals.pending = 3
        let report = DeliveryReport(isComplete: false, totals: totals)
        #expect(report.description == "recorded=3 delivered=0 pending=3 lost=0")
    }
}
