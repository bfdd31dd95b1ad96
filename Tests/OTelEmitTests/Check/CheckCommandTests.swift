import TestSupport
import Testing

@testable import otel_emit

/// What `check` says of collectors that do well, and of all that can be wrong with them.
@Suite struct CheckCommandTests {
    private func check(
        _ collector: ScriptedCollector, _ arguments: [String] = [],
        environment: [String: String] = [:]
    ) throws -> EmitRun {
        try EmitRun(
            ["check"] + arguments,
            environment: ["OTEL_EXPORTER_OTLP_METRICS_ENDPOINT": collector.endpoint]
                .merging(environment) { $1 })
    }

    @Test func goodCollectorPassesWithTwoRequestsAndOneCanary() throws {
        let collector = try ScriptedCollector()
        let run = try check(collector)
        #expect(run.status == 0, "\(run.output)")
        #expect(run.errors.isEmpty)
        #expect(run.output.first == "configuration")
        #expect(run.output.last == "all is well")
        let steps = ["name resolution", "connect", "answer", "path", "authentication", "JSON"]
        for step in steps + ["gzip", "canary"] {
            #expect(run.outcome(step) == "ok", "\(step): \(run.output)")
        }
        #expect(run.outcome("TLS") == "skipped")
        let requests = collector.requests
        #expect(requests.map { $0.header("Content-Encoding") } == [[], ["gzip"]])
        #expect(Set(requests.map(\.connection)).count == 1)
        let points = try requests.map { try $0.points() }
        #expect(points.map(\.count) == [1, 1])
        // A receiver that keeps both has one data point.
        #expect(points[0] == points[1])
        #expect(points[0].first?.metric.hasPrefix("otelemitter.check 1 ") == true)
        #expect(points[0].first?.metric.contains("gauge") == true)
    }

    @Test func withoutCanaryNoDataPointIsLeft() throws {
        let collector = try ScriptedCollector()
        let run = try check(collector, ["--no-canary"])
        #expect(run.status == 0, "\(run.output)")
        #expect(run.outcome("JSON") == "ok")
        #expect(run.outcome("canary") == "skipped")
        #expect(try collector.acceptedPoints().isEmpty)
        #expect(collector.requests.count == 2)
    }

    struct Refusal: Sendable {
        let answer: HTTPAnswer
        let step: String
        let advice: String
    }

    @Test(arguments: [
        Refusal(answer: HTTPAnswer(401), step: "authentication", advice: "check the token"),
        Refusal(answer: HTTPAnswer(403), step: "authentication", advice: "check the token"),
        Refusal(answer: HTTPAnswer(404), step: "path", advice: "the right path before /v1/metrics"),
        Refusal(answer: HTTPAnswer(405), step: "path", advice: "the right path before /v1/metrics"),
        Refusal(
            answer: HTTPAnswer(308, headers: [("Location", "https://there/v1/metrics")]),
            step: "path", advice: "set the endpoint to https://there/v1/metrics"),
        Refusal(
            answer: HTTPAnswer(400), step: "JSON", advice: "takes no OTLP JSON (VictoriaMetrics"),
        Refusal(
            answer: HTTPAnswer(415), step: "JSON", advice: "takes no OTLP JSON (VictoriaMetrics"),
        Refusal(answer: HTTPAnswer(413), step: "JSON", advice: "client_max_body_size"),
        Refusal(answer: HTTPAnswer(429), step: "answer", advice: "waits and tries again"),
        Refusal(answer: HTTPAnswer(500), step: "answer", advice: "the receiver's own log"),
        Refusal(answer: HTTPAnswer(502), step: "answer", advice: "a gateway answers"),
        Refusal(answer: HTTPAnswer(503), step: "answer", advice: "overloaded"),
        Refusal(
            answer: HTTPAnswer(
                200, body: "{\"partialSuccess\":{\"rejectedDataPoints\":\"1\"}}"),
            step: "canary", advice: "the receiver's own log"),
        Refusal(
            answer: HTTPAnswer(200, headers: [("Content-Type", "text/plain")], body: "It works!"),
            step: "path", advice: "takes OTLP over HTTP"),
        Refusal(
            answer: HTTPAnswer(200, headers: [("Date", "Sun, 06 Nov 1994 08:49:37 GMT")]),
            step: "clock", advice: "set the clock"),
    ])
    func refusalIsNamedByItsStepWithWhatToDo(refusal: Refusal) throws {
        let collector = try ScriptedCollector(otherwise: .answering(refusal.answer))
        let run = try check(collector)
        #expect(run.status == 1)
        #expect(run.output.last == "1 failure", "\(run.output)")
        #expect(run.outcome(refusal.step) == "FAIL", "\(run.output)")
        #expect(run.advice(refusal.step)?.contains(refusal.advice) == true, "\(run.output)")
        #expect(run.outcome("connect") == "ok")
        // Only what is accepted is sent compressed, too.
        #expect(collector.requests.count == (refusal.step == "clock" ? 2 : 1))
    }

    @Test func whatTheServerRepeatsOfTheRequestIsNotPrinted() throws {
        let collector = try ScriptedCollector(
            otherwise: .answering(
                HTTPAnswer(
                    401, headers: [("Content-Type", "text/plain")],
                    body: "invalid token: Bearer s3cr3t for SECRET123")))
        let run = try EmitRun(
            ["check"],
            environment: [
                "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT": collector.endpoint + "?api-key=SECRET123",
                "OTEL_EXPORTER_OTLP_HEADERS": "authorization=Bearer%20s3cr3t",
            ])
        #expect(run.status == 1)
        let lines = run.output + run.errors
        #expect(lines.contains { $0.contains("invalid token: *** for ***") }, "\(lines)")
        #expect(!lines.contains { $0.contains("s3cr3t") || $0.contains("SECRET") }, "\(lines)")
    }

    @Test(arguments: [(["OTEL_EXPORTER_OTLP_COMPRESSION": "gzip"], "FAIL"), ([:], "note")])
    func refusedGzipMattersIfItIsConfigured(environment: [String: String], word: String) throws {
        let collector = try ScriptedCollector(
            otherwise: .judging { HTTPAnswer($0.header("Content-Encoding").isEmpty ? 200 : 415) })
        let run = try check(collector, environment: environment)
        #expect(run.status == (word == "FAIL" ? 1 : 0))
        #expect(run.outcome("gzip").map(String.init) == word)
        #expect(run.outcome("canary") == "ok")
    }

    @Test func serverOfHTTP2LooksLikeTheGRPCPort() throws {
        // The SETTINGS frame that such a server begins with.
        let collector = try ScriptedCollector(
            otherwise: ConnectionScript(
                .readBytes(1), .write([0, 0, 6, 4, 0, 0, 0, 0, 0, 0, 5, 0, 0, 64, 0]), .hold))
        let run = try check(collector)
        #expect(run.status == 1)
        #expect(run.outcome("answer") == "FAIL", "\(run.output)")
        #expect(run.advice("answer")?.contains("gRPC port") == true, "\(run.output)")
        #expect(run.advice("answer")?.contains("4318") == true)
    }

    @Test func nobodyListeningIsSaidOfEachEndpoint() throws {
        let (first, second) = (try HeldPort(), try HeldPort())
        let run = try EmitRun(
            ["check"],
            environment: [
                "OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:\(first.number)",
                "OTEL_SWIFT_FAILOVER_ENDPOINT": "http://127.0.0.1:\(second.number)/v1/metrics",
            ])
        #expect(run.status == 1)
        #expect(run.output.last == "2 failures", "\(run.output)")
        #expect(run.output.contains("endpoint http://127.0.0.1:\(first.number)/v1/metrics"))
        #expect(
            run.output.contains("failover endpoint http://127.0.0.1:\(second.number)/v1/metrics"))
        #expect(run.output.count { $0.contains("-> nobody listens there") } == 2)
    }

    @Test func failoverEndpointThatFailsIsAFailureThoughTheFirstWorks() throws {
        let (collector, port) = (try ScriptedCollector(), try HeldPort())
        let failover = "http://127.0.0.1:\(port.number)/v1/metrics"
        let run = try check(collector, environment: ["OTEL_SWIFT_FAILOVER_ENDPOINT": failover])
        #expect(run.status == 1)
        #expect(run.output.last == "1 failure", "\(run.output)")
        #expect(run.output.contains { $0.hasPrefix("  ok       canary") })
    }

    /// Every request that leaves for anywhere would come by the proxy.
    @Test func endpointThatCanNotBeUsedIsExplainedAndNothingElseTried() throws {
        let proxy = try ScriptedCollector()
        let variable = "OTEL_EXPORTER_OTLP_ENDPOINT"
        let run = try EmitRun(
            ["check"],
            environment: [
                variable: "https://u:s3cr3t@collector.example:443O",
                "OTEL_EXPORTER_OTLP_HEADERS": "authorization=Bearer%20s3cr3t",
                "OTEL_SWIFT_FAILOVER_ENDPOINT": proxy.endpoint,
                "all_proxy": "http://127.0.0.1:\(proxy.port)",
            ])
        #expect(run.status == 1)
        #expect(run.output.last == "1 failure", "\(run.output)")
        let fault = run.output.first { $0.hasPrefix("  FAIL") }
        #expect(fault?.contains("The value of \(variable) can't be used: use a port") == true)
        #expect(fault?.contains("nothing is sent") == true)
        #expect(run.output.contains { $0.hasPrefix("  endpoint = none, nothing is sent") })
        #expect(!run.output.contains { $0.hasPrefix("endpoint") || $0.contains("s3cr3t") })
        #expect(proxy.connections == 0)
    }

    @Test func nameThatDoesNotExistFailsToResolve() throws {
        let run = try EmitRun(
            ["check"], environment: ["OTEL_EXPORTER_OTLP_ENDPOINT": "http://nowhere.invalid:4318"])
        #expect(run.status == 1)
        #expect(run.outcome("name resolution") == "FAIL", "\(run.output)")
        #expect(run.outcome("connect") == "skipped")
    }

    @Test func silentServerFailsByTheTimeout() throws {
        let collector = try ScriptedCollector(otherwise: .mute)
        let run = try check(collector, ["--timeout", "0.3"])
        #expect(run.status == 1)
        #expect(run.outcome("answer") == "FAIL", "\(run.output)")
        #expect(run.advice("answer")?.contains("overloaded") == true)
    }

    @Test func unixSocketIsTriedWithoutResolution() throws {
        let (collector, folder) = (try ScriptedCollector(), try TemporaryFolder())
        let relay = try Relay(onUnixSocket: folder.file("s"), to: collector.port)
        let url = "unix://\(folder.file("s"))"
        let run = try EmitRun(["check"], environment: ["OTEL_EXPORTER_OTLP_ENDPOINT": url])
        #expect(run.status == 0, "\(run.output)")
        #expect(run.outcome("name resolution") == "skipped")
        #expect(run.line("connect")?.contains(folder.file("s")) == true)
        relay.stop()
        let missing = try EmitRun(
            ["check"], environment: ["OTEL_EXPORTER_OTLP_ENDPOINT": url + "-missing"])
        #expect(missing.status == 1)
        #expect(missing.advice("connect")?.contains("this user") == true, "\(missing.output)")
    }

    @Test func proxyIsUsedAndItsRefusalNamed() throws {
        let proxy = try ScriptedCollector(otherwise: .answering(200, 200, 407))
        let environment = [
            "OTEL_EXPORTER_OTLP_ENDPOINT": "http://collector.invalid:4318",
            "http_proxy": "http://user:hidden@127.0.0.1:\(proxy.port)",
        ]
        let good = try EmitRun(["check"], environment: environment)
        #expect(good.status == 0, "\(good.output)")
        #expect(proxy.requests.first?.target == "http://collector.invalid:4318/v1/metrics")
        #expect(!good.output.contains { $0.contains("hidden") })
        let refusing = try ScriptedCollector(otherwise: .answering(407))
        let bad = try EmitRun(
            ["check"],
            environment: environment.merging([
                "http_proxy": "http://user:hidden@127.0.0.1:\(refusing.port)"
            ]) { $1 })
        #expect(bad.status == 1)
        #expect(bad.outcome("connect") == "FAIL", "\(bad.output)")
        #expect(bad.advice("connect")?.contains("http_proxy") == true)
        #expect(!bad.output.contains { $0.contains("hidden") })
    }

    @Test func whatIsNotUsedIsNotTried() throws {
        let collector = try ScriptedCollector()
        let run = try check(collector, environment: ["OTEL_METRICS_EXPORTER": "otlp/stdout"])
        #expect(run.status == 0)
        #expect(collector.connections == 0)
        let disabled = try check(collector, environment: ["OTEL_SDK_DISABLED": "true"])
        #expect(disabled.status == 1)
        #expect(collector.connections == 0)
    }
}
