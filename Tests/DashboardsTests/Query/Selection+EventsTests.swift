import RPPTelemetry
import Testing

@testable import dashboards

@Suite struct SelectionEventsTests {
    private func make(
        _ counter: Selection = Catalogue.slashingEvents.everywhere, by keys: String...
    ) throws -> Query {
        let rounds = Catalogue.roundDuration.everywhere
        return try counter.events(
            .minutes(5), memory: .minutes(360),
            restarts: rounds.restarts(within: .minutes(5), memory: .minutes(360)), by: keys)
    }

    @Test func whatDiffersFromBeforeIsNew() throws {
        let events = try make(by: "reason")
        let metric = "rpp_runtime_consensus_slashing_events_total"
        let rounds = "rpp_runtime_consensus_round_duration_milliseconds_count"
        #expect(
            events.text == """
                sum by (job, instance, reason) ((((\(metric) - last_over_time(\(metric)[6h] offset 5m)) > 0)
                or ((\(metric) > 0)
                unless (\(metric) >= last_over_time(\(metric)[6h] offset 5m))))
                or ((\(metric) > 0)
                and (max_over_time(\(metric)[5m]) > (min_over_time(\(metric)[5m])))))
                or (sum by (job, instance, reason) (\(metric) > 0)
                and on (job, instance) group by (job, instance) (\(rounds) < last_over_time(\(rounds)[6h] offset 5m)))
                """)
        #expect(events.labels == ["job", "instance", "reason"])
        #expect(events.quantity == .number)
    }

    @Test func onlyCountersHaveEvents() {
        #expect(throws: QueryProblem.self) { try make(Catalogue.blockHeight.everywhere) }
        #expect(throws: QueryProblem.self) { try make(by: "topic") }
    }

    @Test func onlyHistogramsTellRestarts() {
        #expect(throws: QueryProblem.self) {
            try Catalogue.blockHeight.everywhere.restarts(within: .minutes(5), memory: .minutes(60))
        }
    }
}
