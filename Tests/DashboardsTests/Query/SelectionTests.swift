import OTelEmitter
import RPPTelemetry
import Testing

@testable import dashboards

@Suite struct SelectionTests {
    private let bytes = Catalogue.gossipBytes

    @Test func dashboardsAskForTheChosenInstances() throws {
        let query = try bytes.chosen.with("topic", "blocks").rate()
        #expect(
            query.text == #"rate(rpp_gossip_bytes_total{instance=~"$instance",topic="blocks"}"#
                + "[$__rate_interval])")
        #expect(query.labels == ["instance", "topic", "direction"])
        #expect(query.quantity == .bytesPerSecond)
    }

    @Test func rulesAskForAll() throws {
        let query = try bytes.everywhere.without("topic", "blocks", "votes").increase(.minutes(60))
        #expect(query.text == #"increase(rpp_gossip_bytes_total{topic!~"blocks|votes"}[1h])"#)
        #expect(query.labels == ["job", "instance", "topic", "direction"])
    }

    @Test func aKeyThatTheMetricLacksIsRefused() {
        let problem = #expect(throws: QueryProblem.self) {
            try bytes.chosen.with("method", "status")
        }
        #expect(problem?.description.contains("has no attribute \"method\"") == true)
        #expect(throws: QueryProblem.self) { try OwnMetric.lost.chosen.with("topic", "blocks") }
    }

    @Test func aValueOutsideTheClosedSetIsRefused() {
        #expect(throws: QueryProblem.self) { try bytes.chosen.with("direction", "in") }
        #expect(throws: QueryProblem.self) { try OwnMetric.lost.everywhere.with("reason", "bad") }
    }

    @Test func openSetsTakeAnyValue() throws {
        let query = try Catalogue.peerScore.everywhere.with("peer", "12D3KooW").level()
        #expect(query.text == #"rpp_gossip_peer_score{peer="12D3KooW"}"#)
    }

    @Test func keysAreWrittenAsLabels() throws {
        let query = try OwnMetric.exported.everywhere.with("error.type", "").total()
        #expect(query.text.hasSuffix(#"exported_total{error_type=""}"#))
    }

    @Test func eachShapeIsAskedWhatItHas() {
        #expect(throws: QueryProblem.self) { try bytes.chosen.level() }
        #expect(throws: QueryProblem.self) { try Catalogue.blockHeight.chosen.rate() }
        #expect(throws: QueryProblem.self) { try Catalogue.roundDuration.chosen.increase(.shown) }
        #expect(throws: QueryProblem.self) { try bytes.chosen.rise(.shown) }
    }

    @Test func rulesHaveNoVariables() {
        #expect(throws: QueryProblem.self) { try bytes.everywhere.rate() }
        #expect(throws: QueryProblem.self) { try bytes.everywhere.increase(.shown) }
    }

    @Test func presenceIsThatOfAnInstance() throws {
        let height = Catalogue.blockHeight.everywhere
        #expect(
            try height.presence(.minutes(60)).text
                == "group by (job, instance) "
                + "(present_over_time(rpp_runtime_chain_block_height[1h]))")
        #expect(height.absence().text == "absent(rpp_runtime_chain_block_height)")
    }

    @Test func whatATimeHadKeepsItsLabels() throws {
        let last = try bytes.everywhere.last(.minutes(5))
        #expect(last.text == "last_over_time(rpp_gossip_bytes_total[5m])")
        #expect(last.labels == ["job", "instance", "topic", "direction"])
        let highest = try Catalogue.meshPeers.chosen.highest(.shown)
        #expect(highest.text.hasPrefix("max_over_time(rpp_gossip_mesh_peers{"))
        #expect(throws: QueryProblem.self) { try Catalogue.roundDuration.chosen.presence(.shown) }
        #expect(throws: QueryProblem.self) { try Catalogue.roundDuration.chosen.last(.shown) }
    }

    @Test func offsetsStandBehindTheSeriesAndItsWindow() throws {
        let height = try Catalogue.blockHeight.everywhere.offset(.minutes(5))
        #expect(try height.level().text == "rpp_runtime_chain_block_height offset 5m")
        let blocks = try bytes.everywhere.with("topic", "blocks").offset(.minutes(60))
        #expect(
            try blocks.increase(.minutes(5)).text
                == #"increase(rpp_gossip_bytes_total{topic="blocks"}[5m] offset 1h)"#)
        #expect(
            try Catalogue.roundDuration.everywhere.offset(.minutes(1)).recordings(.minutes(5)).text
                .hasSuffix("_count[5m] offset 1m)"))
    }

    @Test func rulesAreOffsetByNoVariable() throws {
        #expect(throws: QueryProblem.self) { try bytes.everywhere.offset(.shown) }
        #expect(
            try bytes.chosen.offset(.shown).total().text.hasSuffix(#""} offset $__range"#))
    }
}
