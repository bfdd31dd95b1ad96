import Testing

@testable import OTelEmitter

@Suite struct DeliveryTotalsTests {
    private func make() -> DeliveryTotals {
        var totals = DeliveryTotals()
        totals.recorded = 20
        totals.delivered = 10
        totals.pending = 4
        totals.lose(3, .superseded)
        totals.lose(1, .rejected)
        totals.lose(2, .shutdown)
        return totals
    }

    @Test func lossesAreSummedByReason() {
        var totals = make()
        totals.lose(5, .rejected)
        #expect(totals.lostByReason == [.superseded: 3, .rejected: 6, .shutdown: 2])
        #expect(totals.lost == 11)
    }

    @Test func supersededPointsLoseNoValue() {
        #expect(make().lostValues == 3)
    }

    @Test(arguments: [0, -1])
    func losingNothingLeavesNoTrace(points: Int) {
        var totals = make()
        totals.lose(points, .rejected)
        #expect(totals == make())
        var fresh = DeliveryTotals()
        fresh.lose(points, .rejected)
        #expect(fresh.lostByReason.isEmpty)
    }

    @Test func theTextIsTheAccountingIdentity() {
        #expect(make().description == "recorded=20 delivered=10 pending=4 lost=6")
        #expect(DeliveryTotals().description == "recorded=0 delivered=0 pending=0 lost=0")
    }
}
