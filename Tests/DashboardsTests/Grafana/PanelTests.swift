import JSONText
import RPPTelemetry
import Testing

@testable import dashboards

@Suite struct PanelTests {
    @Test func aPanelHasOneUnit() throws {
        let bytes = Target(try Catalogue.gossipBytes.chosen.rate())
        let peers = Target(try Catalogue.peerCount.chosen.level())
        let problem = #expect(throws: QueryProblem.self) {
            try Panel.graph("Both", "Mixed.", bytes, peers)
        }
        #expect(problem?.description.contains("mixes") == true)
        #expect(throws: QueryProblem.self) { try Panel.graph("None", "Empty.") }
    }

    @Test func marksAreInThePanelsUnit() throws {
        let latency = Target(try Catalogue.quorumLatency.chosen.quantile(0.95))
        let good = try Panel.graph(
            "Latency", "In ms.", marks: Marks(.green, (.duration(.seconds(2)), .red)), latency)
        let steps = try good.json(id: 1, Place())["fieldConfig"]?["defaults"]?[
            "thresholds"]?["steps"]?.elements
        #expect(steps?.last?["value"]?.double == 2000)
        let bad = try Panel.graph(
            "Latency", "In ms.", marks: Marks(.green, (.number(2), .red)), latency)
        #expect(throws: QueryProblem.self) { try bad.json(id: 1, Place()) }
    }

    @Test func legendsNameWhatTellsSeriesApart() throws {
        let rate = try Catalogue.gossipBytes.chosen.rate().sum(by: "topic")
        #expect(Target(rate).legend == "{{instance}} {{topic}}")
        #expect(Target(try rate.sum(), "all").legend == "all {{instance}}")
    }

    @Test func tablesOrderAndNameTheirColumns() throws {
        let table = try Panel.table(
            "T", "D.", value: "Score", columns: ["peer": "Peer"],
            Catalogue.peerScore.chosen.level())
        let json = try table.json(id: 1, Place())
        let options = json["transformations"]?.elements?.first?["options"]
        #expect(
            options?["renameByName"] == ["instance": "instance", "peer": "Peer", "Value": "Score"])
        #expect(options?["indexByName"] == ["instance": 0, "peer": 1, "Value": 2])
        let target = json["targets"]?.elements?.first
        #expect(target?["format"]?.text == "table")
        #expect(target?["instant"]?.flag == true)
    }
}
