import RPPTelemetry
import Testing

@testable import dashboards

@Suite struct QueryCombiningTests {
    private func score() throws -> Query { try Catalogue.peerScore.everywhere.level() }
    private func traffic() throws -> Query {
        try Catalogue.gossipBytes.everywhere.rate(.minutes(5)).sum(by: "direction")
    }

    @Test func limitsAreWrittenInTheUnitOfTheMetric() throws {
        let latency = try Catalogue.quorumLatency.everywhere.quantile(0.95, .minutes(5))
        #expect(try latency.above(.duration(.seconds(2))).text.hasSuffix(" > 2000"))
        #expect(throws: QueryProblem.self) { try latency.above(.number(2)) }
        #expect(try score().below(.number(-15)).text == "rpp_gossip_peer_score < -15")
    }

    @Test func countsOfWhatIsLowerAreNeverMissing() throws {
        #expect(
            try score().countBelow(.number(-5)).text
                == "sum by (job, instance) (rpp_gossip_peer_score < bool -5)")
    }

    @Test func seriesFindEachOtherByAllLabelsOrThoseOfTheOther() throws {
        #expect(try traffic().ratio(to: traffic()).text.contains(") / sum"))
        let budget = Recording.trafficBudget.recorded
        #expect(
            try traffic().above(times: budget).text.hasSuffix(
                ") > on () group_left () (rpp:traffic_budget:bytes_per_second)"))
        let lowest = try score().minimum()
        let other = try score().above(2, times: lowest)
        #expect(other.text.contains(" > on (job, instance) group_left () (2 * min by"))
        #expect(throws: QueryProblem.self) { try lowest.above(times: score()) }
    }

    @Test func unlikeQuantitiesAreNotCombined() throws {
        #expect(throws: QueryProblem.self) { try traffic().ratio(to: traffic().count()) }
        #expect(throws: QueryProblem.self) {
            try score().above(times: Catalogue.quorumLatency.everywhere.average(.minutes(5)))
        }
    }

    @Test func alternativesAreOfTheSameLabelsAndQuantity() throws {
        #expect(
            try score().minimum().or(score().maximum()).text
                == "min by (job, instance) (rpp_gossip_peer_score)\n"
                + "or max by (job, instance) (rpp_gossip_peer_score)")
        #expect(throws: QueryProblem.self) { try score().or(score().minimum()) }
        #expect(throws: QueryProblem.self) { try score().minimum().or(score()) }
        #expect(throws: QueryProblem.self) { try traffic().or(traffic().count(by: "direction")) }
    }

    @Test func aPartIsNothingWhereNoneOfItWasCounted() throws {
        let exported = try traffic().sum()
        let part = try Catalogue.gossipBytes.everywhere.with("direction", "inbound")
            .rate(.minutes(5)).sum().part(of: exported)
        let whole =
            "sum by (job, instance) (sum by (job, instance, direction) "
            + "(rate(rpp_gossip_bytes_total[5m])))"
        #expect(
            part.text == "(sum by (job, instance) (rate(rpp_gossip_bytes_total{direction="
                + "\"inbound\"}[5m]))\nor 0 * \(whole)) / \(whole)")
        #expect(part.quantity == .ratio)
    }

    @Test func valuesAreComparedSeriesBySeries() throws {
        let earlier = try Catalogue.peerScore.everywhere.offset(.minutes(5))
        let metric = "rpp_gossip_peer_score"
        #expect(
            try score().equal(to: earlier.last(.minutes(60))).text
                == "\(metric) == last_over_time(\(metric)[1h] offset 5m)")
        #expect(
            try score().below(earlier.highest(.minutes(60))).text
                == "\(metric) < max_over_time(\(metric)[1h] offset 5m)")
        #expect(
            try score().minus(score().minimum()).text
                == "\(metric) - on (job, instance) group_left () min by (job, instance) (\(metric))"
        )
        #expect(try score().atLeast(score()).text == "\(metric) >= \(metric)")
        #expect(throws: QueryProblem.self) { try score().equal(to: traffic()) }
    }

    @Test func operandsKeepTheirMeaning() throws {
        let high = try score().above(.number(3))
        let low = try score().below(.number(1))
        #expect(
            try high.unless(low).text
                == "(rpp_gossip_peer_score > 3)\nunless (rpp_gossip_peer_score < 1)")
        #expect(try high.and(score().maximum()).text.contains("\nand on (job, instance) max by"))
    }
}
