import RPPTelemetry
import Testing

@testable import dashboards

@Suite struct QueryTests {
    private func score() throws -> Query { try Catalogue.peerScore.everywhere.level() }

    @Test func aggregationsKeepWhoseSeriesItIs() throws {
        let query = try score().minimum(by: "peer")
        #expect(query.text == "min by (job, instance, peer) (rpp_gossip_peer_score)")
        #expect(query.labels == ["job", "instance", "peer"])
        #expect(try query.sum().labels == ["job", "instance"])
        #expect(try Catalogue.peerScore.chosen.level().mean().labels == ["instance"])
    }

    @Test func mediansHaveTheirParameter() throws {
        #expect(
            try score().median().text
                == "quantile by (job, instance) (0.5, rpp_gossip_peer_score)")
    }

    @Test func aLabelThatIsGoneIsRefused() throws {
        let sum = try score().sum()
        #expect(throws: QueryProblem.self) { try sum.maximum(by: "peer") }
        #expect(throws: QueryProblem.self) { try score().sum(by: "topic") }
    }

    @Test func meansOverTimeAreSampledWhereNothingIsRecorded() throws {
        let recorded = try Recording.traffic().recorded.averaged(over: .minutes(60))
        #expect(recorded.text == "avg_over_time(instance_direction:rpp_gossip_bytes:rate5m[1h])")
        let other = try score().sum().averaged(over: .minutes(60))
        #expect(
            other.text == "avg_over_time((sum by (job, instance) (rpp_gossip_peer_score))[1h:30s])")
    }

    @Test func orderingKeepsTheLabels() throws {
        let query = try score()
        #expect(query.sorted().text == "sort(rpp_gossip_peer_score)")
        #expect(query.lowest(3).text == "bottomk(3, rpp_gossip_peer_score)")
        #expect(query.lowest(3).labels == query.labels)
    }
}
