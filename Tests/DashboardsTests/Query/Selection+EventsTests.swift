import RPPTelemetry
import Testing

@testable import dashboards

@Suite struct SelectionEventsTests {
    private let slashing = Catalogue.slashingEvents

    @Test func whatIsNewCountsFromItsBeginning() throws {
        let events = try slashing.everywhere.events(.minutes(5), by: "reason")
        let metric = "rpp_runtime_consensus_slashing_events_total"
        #expect(
            events.text == """
                (sum by (job, instance, reason) (increase(\(metric)[5m])) > 0)
                or ((sum by (job, instance, reason) (\(metric)) > 0)
                unless group by (job, instance, reason) (present_over_time(\(metric)[5m] offset 5m)))
                """)
        #expect(events.labels == ["job", "instance", "reason"])
        #expect(events.quantity == .number)
    }

    @Test func onlyCountersHaveEvents() {
        #expect(throws: QueryProblem.self) {
            try Catalogue.blockHeight.everywhere.events(.minutes(5))
        }
        #expect(throws: QueryProblem.self) {
            try slashing.everywhere.events(.minutes(5), by: "topic")
        }
    }
}
