import Instruments
import OTelEmitter
import TestSupport
import Testing

/// What the emitter measures of itself, as it arrives in its own requests (checklist, section E).
@Suite struct SelfMetricsTests {
    private static let exported = "otel.sdk.exporter.metric_data_point.exported"
    private static let inflight = "otel.sdk.exporter.metric_data_point.inflight"
    private static let operation = "otel.sdk.exporter.operation.duration"
    private static let collection = "otel.sdk.metric_reader.collection.duration"

    private func make(
        _ collector: ScriptedCollector,
        configure: (inout EmitterConfiguration) -> Void = { _ in }
    ) throws -> Pipeline {
        try Pipeline.make(to: collector) {
            $0.isSelfObserved = true
            $0.keepsLastCollection = true
            configure(&$0)
        }
    }

    /// The metrics that the last collection found, by name.
    private func metrics(_ pipeline: Pipeline) throws -> [String: Metric] {
        let snapshot = try #require(pipeline.emitter.lastCollection)
        let scopes = snapshot.scopes.filter { $0.scope.name == "otelemitter" }
        return Dictionary(
            uniqueKeysWithValues: scopes.flatMap(\.metrics).map { ($0.descriptor.name, $0) })
    }

    /// The values of a sum or gauge by one attribute, "" where a point has none.
    private func values(
        _ name: String, by key: String, _ pipeline: Pipeline
    ) throws -> [String: Int] {
        var values: [String: Int] = [:]
        for point in try numbers(try metrics(pipeline)[name]) {
            guard case .int(let value) = point.value else { continue }
            values[text(key, point.attributes), default: 0] += Int(value)
        }
        return values
    }

    private func numbers(_ metric: Metric?) throws -> [NumberPoint] {
        switch metric?.data {
        case .sum(let points, _, _), .gauge(let points): points
        default: []
        }
    }

    private func histogram(_ metric: Metric?) -> [HistogramPoint] {
        if case .histogram(let points, _, _) = metric?.data { points } else { [] }
    }

    private func text(_ key: String, _ attributes: AttributeSet) -> String {
        switch attributes[key] {
        case .string(let text): text
        case .int(let number): String(number)
        default: ""
        }
    }

    @Test func namesUnitsAndKindsAreThoseOfTheConventions() throws {
        let collector = try ScriptedCollector()
        let pipeline = try make(collector)
        pipeline.count()
        for _ in 0..<3 { #expect(pipeline.emitter.flush().isComplete) }
        let found = try metrics(pipeline)
        let units = found.mapValues(\.descriptor.unit)
        #expect(
            units == [
                Self.inflight: "{data_point}", Self.exported: "{data_point}",
                Self.operation: "s", Self.collection: "s",
                "otelemitter.data_points.lost": "{data_point}",
                "otelemitter.last_success.age": "s",
            ])
        for (name, isMonotonic) in [(Self.inflight, false), (Self.exported, true)] {
            guard case .sum(_, isMonotonic, temporality: .cumulative) = found[name]?.data else {
                Issue.record("\(name) is of another kind")
                continue
            }
        }
        // One bucket: the conventions advise no boundaries.
        #expect(histogram(found[Self.operation]).map(\.bucketCounts.count) == [1])
        #expect(histogram(found[Self.collection]).map(\.bucketCounts.count) == [1])
        let exporter = try #require(try numbers(found[Self.exported]).first).attributes
        #expect(text("otel.component.type", exporter) == "otlp_http_json_metric_exporter")
        #expect(text("server.address", exporter) == "127.0.0.1")
        #expect(text("server.port", exporter) == String(collector.port))
        let reader = try #require(histogram(found[Self.collection]).first).attributes
        #expect(text("otel.component.type", reader) == "periodic_metric_reader")
        // One collection in the making is not in itself.
        #expect(histogram(found[Self.collection]).map(\.count) == [2])
    }

    @Test func componentsAreNumbered() throws {
        let collector = try ScriptedCollector()
        var names: Set<String> = []
        for _ in 0..<3 {
            let pipeline = try make(collector)
            pipeline.count()
            for _ in 0..<2 { #expect(pipeline.emitter.flush().isComplete) }
            let point = try #require(try numbers(try metrics(pipeline)[Self.exported]).first)
            names.insert(text("otel.component.name", point.attributes))
        }
        #expect(names.count == 3)
        #expect(
            names.allSatisfy {
                $0.hasPrefix("otlp_http_json_metric_exporter/") && Int($0.dropFirst(31)) != nil
            }, "\(names)")
    }

    /// Accepted, refused, accepted in part: each data point is counted once, by what it ended with.
    @Test func everyDataPointIsCountedByWhatItEndedWith() throws {
        let partial = HTTPAnswer(
            200, body: #"{"partialSuccess":{"rejectedDataPoints":"2","errorMessage":"no"}}"#)
        let collector = try ScriptedCollector(
            ConnectionScript(
                .readRequest, .answer(HTTPAnswer(200)), .readRequest, .answer(HTTPAnswer(404)),
                .readRequest, .answer(partial), .readRequest, .answer(HTTPAnswer(200))))
        let pipeline = try make(collector)
        pipeline.count(series: 3)
        let outcomes = (0..<3).map { _ in pipeline.emitter.flush() }
        #expect(outcomes.map(\.isComplete) == [true, false, false])
        let totals = pipeline.emitter.totals
        _ = pipeline.emitter.flush()
        let refused = outcomes[1].totals.recorded - outcomes[0].totals.recorded
        #expect(
            try values(Self.exported, by: "error.type", pipeline)
                == ["": totals.delivered, "404": refused, "rejected": 2])
        #expect(
            try values("otelemitter.data_points.lost", by: "reason", pipeline)
                == ["rejected": refused + 2, "superseded": 0, "too_large": 0, "shutdown": 0])
        #expect(try values(Self.inflight, by: "", pipeline) == ["": 0])
        let operations = histogram(try metrics(pipeline)[Self.operation])
        let ends = Set(
            operations.map {
                "\(text("http.response.status_code", $0.attributes)) "
                    + "\(text("error.type", $0.attributes)) \($0.count)"
            })
        #expect(ends == ["200  1", "404 404 1", "200 rejected 1"])
    }

    /// A success is only what was accepted whole.
    @Test func anOperationThatLostAPartIsNoSuccess() throws {
        let collector = try ScriptedCollector(
            otherwise: .judging { request in
                let points = (try? request.points()) ?? []
                let isGiant = points.contains { $0.metric.contains("a.giant") }
                return HTTPAnswer(isGiant ? 413 : 200)
            })
        let pipeline = try make(collector)
        let giant = String(repeating: "x", count: 10_000)
        pipeline.emitter.meter("m").counter("a.giant").add(1, ["text": .string(giant)])
        pipeline.emitter.meter("m").counter("z").add(1)
        #expect(!pipeline.emitter.flush().isComplete)
        _ = pipeline.emitter.flush()
        let operations = histogram(try metrics(pipeline)[Self.operation])
        #expect(operations.map { text("error.type", $0.attributes) } == ["413"])
        #expect(operations.map { text("http.response.status_code", $0.attributes) } == ["200"])
    }

    /// However often it is tried, a request is one operation; it lasts from its first attempt on.
    @Test func anOperationEndsOnceAndLastsThroughItsBackoff() throws {
        let collector = try ScriptedCollector(.answering(503, 503, 200, 200))
        let time = SteppedTime()
        let pipeline = try make(collector) { $0.clock = time.clock }
        pipeline.count(series: 4)
        #expect(!pipeline.emitter.flush(timeout: .milliseconds(100)).isComplete)
        #expect(eventually { pipeline.emitter.totals.pending >= 4 })
        for _ in 0..<100 where pipeline.emitter.totals.pending > 0 {
            time.pass(.seconds(31), for: pipeline.emitter)
            _ = eventually(within: .milliseconds(100)) { pipeline.emitter.totals.pending == 0 }
        }
        #expect(pipeline.emitter.flush().isComplete)
        let operations = histogram(try metrics(pipeline)[Self.operation])
        #expect(operations.map(\.count) == [1])
        #expect(operations.first.map { text("http.response.status_code", $0.attributes) } == "200")
        #expect(operations.first?.sum ?? 0 >= 31)
    }

    @Test func whatWaitsIsInFlightAndTheLastSuccessGetsOlder() throws {
        let collector = try ScriptedCollector(isListening: false)
        let time = SteppedTime()
        let pipeline = try make(collector) { $0.clock = time.clock }
        pipeline.count(series: 4)
        #expect(!pipeline.emitter.flush(timeout: .milliseconds(50)).isComplete)
        #expect(eventually { pipeline.emitter.totals.pending > 0 })
        let waiting = pipeline.emitter.totals.pending
        time.pass(.seconds(1800), for: pipeline.emitter)
        #expect(!pipeline.emitter.flush(timeout: .milliseconds(50)).isComplete)
        #expect(eventually { pipeline.emitter.totals.pending > waiting })
        #expect(try values(Self.inflight, by: "", pipeline) == ["": waiting])
        let age = try numbers(try metrics(pipeline)["otelemitter.last_success.age"]).first?.value
        guard case .double(let seconds) = age else {
            Issue.record("\(String(describing: age))")
            return
        }
        #expect((1800..<1900).contains(seconds))
    }

    /// Alerts on an increase need something to increase from.
    @Test(arguments: [false, true]) func whatCanBeLostIsThereBeforeItIs(hasSpool: Bool) throws {
        let folder = try TemporaryFolder()
        let collector = try ScriptedCollector()
        let pipeline = try make(collector) {
            if hasSpool { $0.spool = SpoolOptions(directory: folder.file("spool")) }
        }
        #expect(pipeline.emitter.flush().isComplete)
        let reasons =
            ["superseded", "rejected", "too_large", "shutdown"]
            + (hasSpool ? ["expired", "spool_limit", "corrupt"] : [])
        let lost = try values("otelemitter.data_points.lost", by: "reason", pipeline)
        #expect(lost == Dictionary(uniqueKeysWithValues: reasons.map { ($0, 0) }))
        for name in ["spooled", "replayed"] {
            let found = try values("otelemitter.data_points.\(name)", by: "", pipeline)
            #expect(found == (hasSpool ? ["": 0] : [:]))
        }
    }

    @Test func whatWentToDiskAndCameBackIsCounted() throws {
        let folder = try TemporaryFolder()
        let collector = try ScriptedCollector(isListening: false)
        let pipeline = try make(collector) {
            $0.spool = SpoolOptions(directory: folder.file("spool"))
        }
        pipeline.count(series: 4)
        #expect(!pipeline.emitter.flush(timeout: .milliseconds(50)).isComplete)
        #expect(eventually { pipeline.emitter.totals.spooled > 0 })
        try collector.startListening()
        #expect(pipeline.emitter.flush(timeout: .seconds(20)).isComplete)
        let totals = pipeline.emitter.totals
        _ = pipeline.emitter.flush()
        let spooled = try values("otelemitter.data_points.spooled", by: "", pipeline)
        let replayed = try values("otelemitter.data_points.replayed", by: "", pipeline)
        #expect(spooled == ["": totals.spooled] && replayed == ["": totals.replayed])
        #expect(totals.replayed > 0)
    }

    @Test(arguments: ["false", "true"]) func itCanBeSwitchedOff(setting: String) throws {
        let chosen = EmitterConfiguration(environment: ["OTEL_SWIFT_SELF_METRICS": setting])
        #expect(chosen.isSelfObserved == (setting == "true"))
        let collector = try ScriptedCollector()
        let pipeline = try make(collector) { $0.isSelfObserved = chosen.isSelfObserved }
        pipeline.count()
        for _ in 0..<2 { #expect(pipeline.emitter.flush().isComplete) }
        #expect(try metrics(pipeline).isEmpty == (setting == "false"))
    }
}
