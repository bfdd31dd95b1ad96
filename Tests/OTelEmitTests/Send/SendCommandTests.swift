import TestSupport
import Testing

@testable import otel_emit

/// Measurements on their way from a shell to a collector.
@Suite struct SendCommandTests {
    private func send(
        _ collector: ScriptedCollector, _ arguments: [String], input: String = "",
        environment: [String: String] = [:]
    ) throws -> EmitRun {
        try EmitRun(
            ["send"] + arguments,
            environment: ["OTEL_EXPORTER_OTLP_METRICS_ENDPOINT": collector.endpoint]
                .merging(environment) { $1 },
            input: input)
    }

    @Test(arguments: ["counter", "gauge", "histogram"])
    func oneMeasurementArrivesWhole(kind: String) throws {
        let collector = try ScriptedCollector()
        let run = try send(
            collector,
            [
                "jobs.done", "3", "--kind", kind, "--unit", "{job}", "--attr", "queue=a b",
                "--scope", "s",
            ]
        )
        #expect(run.status == 0)
        #expect(run.output == ["recorded=1 delivered=1 pending=0 lost=0"])
        #expect(run.errors.isEmpty, "\(run.errors)")
        let points = try collector.acceptedPoints()
        #expect(points.count == 1)
        let point = try #require(points.first)
        #expect(point.metric.hasPrefix("jobs.done {job} "))
        #expect(point.metric.contains(kind == "counter" ? "sum" : kind))
        #expect(point.scope.hasPrefix("s "))
        #expect(point.attributes.contains("queue"))
        #expect(point.value.contains("3"))
    }

    @Test func badLinesAreToldByTheirNumbersAndTheOthersSent() throws {
        let collector = try ScriptedCollector()
        let input = """
            {"name":"a","value":1,"kind":"counter"}
            nonsense

            {"name":"a","value":2,"kind":"counter"}
            {"name":"a","value":-1,"kind":"counter"}
            {"name":"a","value":1,"kind":"gauge"}
            {"name":"a","value":2.5,"kind":"counter"}
            {"name":"9","value":1,"kind":"gauge"}
            {"name":"b","value":-1.5,"kind":"gauge","attributes":{"x":1,"y":true}}
            """
        let run = try send(collector, ["--stdin"], input: input)
        #expect(run.status == 1)
        #expect(run.output == ["recorded=2 delivered=2 pending=0 lost=0"])
        let told = run.errors.map { $0.prefix { $0 != ":" } + $0.dropFirst(10).prefix(7) }
        #expect(
            told == [2, 5, 6, 7, 8].map { Substring("otel-emit line \($0):".prefix(16)) },
            "\(run.errors)")
        let points = try collector.acceptedPoints()
        // What belongs to one series is added up.
        #expect(points.map { String($0.metric.prefix(1)) }.sorted() == ["a", "b"])
        #expect(points.first { $0.metric.hasPrefix("a") }?.value.contains("3") == true)
    }

    @Test func manyBadLinesAreCountedNotTold() throws {
        let collector = try ScriptedCollector()
        let count = MeasurementInput.toldLimit + 23
        let input = String(repeating: "nonsense\n", count: count)
        let run = try send(collector, ["--stdin"], input: input)
        #expect(run.status == 1)
        #expect(run.output == ["recorded=0 delivered=0 pending=0 lost=0"])
        #expect(run.errors.count == MeasurementInput.toldLimit + 1)
        #expect(run.errors.last == "otel-emit: 23 further bad lines are not shown")
        #expect(collector.requests.isEmpty)
    }

    @Test func emptyInputIsNoError() throws {
        let run = try send(try ScriptedCollector(), ["--stdin"])
        #expect(run.status == 0)
        #expect(run.output == ["recorded=0 delivered=0 pending=0 lost=0"])
    }

    @Test func manySeriesGoInSeveralRequests() throws {
        let collector = try ScriptedCollector()
        let input = (0..<9000).map { index in
            "{\"name\":\"m\",\"value\":\(index),\"kind\":\"gauge\",\"attributes\":{\"k\":\(index)}}\n"
        }.joined()
        let run = try send(collector, ["--stdin"], input: input)
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output == ["recorded=9000 delivered=9000 pending=0 lost=0"])
        #expect(collector.requests.count >= 3)
        #expect(try Set(collector.acceptedPoints().map(\.attributes)).count == 9000)
    }

    @Test func lossIsStatus1AndItsReasonSaid() throws {
        let collector = try ScriptedCollector(otherwise: .answering(404))
        let run = try send(collector, ["a", "1", "--kind", "gauge"])
        #expect(run.status == 1)
        #expect(run.output == ["recorded=1 delivered=0 pending=0 lost=1"])
        #expect(run.errors.last == "otel-emit: 1 data points are lost: rejected", "\(run.errors)")
    }

    /// Nobody can tell whether it would have been delivered: no time was given.
    @Test func whatWasNotEvenCollectedIsStatus1() throws {
        let collector = try ScriptedCollector(otherwise: .mute)
        let run = try send(collector, ["a", "1", "--kind", "gauge", "--timeout", "0.001"])
        #expect(run.status == 1)
        #expect(run.output.count == 1)
        #expect(run.errors.count == 1, "\(run.errors)")
    }

    @Test func aSystemThatRefusesAThreadIsStatus1() throws {
        let limits = "ulimit -v 600000 && ulimit -s 1000000 && exec \"$0\" \"$@\""
        let words = ["-c", limits, try EmitRun.program()]
        // With a sanitizer, or a lower limit of the system, it does not even start.
        guard try EmitRun(program: "/bin/sh", words + ["--version"]).status == 0 else { return }
        let collector = try ScriptedCollector()
        let run = try EmitRun(
            program: "/bin/sh", words + ["send", "a", "1", "--kind", "gauge"],
            environment: ["OTEL_EXPORTER_OTLP_METRICS_ENDPOINT": collector.endpoint])
        #expect(run.status == 1)
        #expect(run.output == ["recorded=0 delivered=0 pending=0 lost=0"])
        #expect(run.errors.last?.contains("were collected") == true, "\(run.errors)")
        #expect(collector.connections == 0)
    }

    @Test func theWaitForTheDeliveryIsTold() throws {
        let collector = try ScriptedCollector(otherwise: .mute)
        let arguments = ["a", "1", "--kind", "gauge", "--timeout", "1.5"]
        let run = try send(collector, arguments + ["--progress"])
        #expect(run.status == 1)
        let line =
            "otel-emit: waiting for \(collector.endpoint) to take 1 data points (1 s of at most"
            + " 1.5 s)"
        #expect(run.errors.first == Substring(line), "\(run.errors)")
        // Standard error is a file here, no terminal.
        let quiet = try send(collector, arguments)
        #expect(quiet.errors.allSatisfy { !$0.contains("waiting for") }, "\(quiet.errors)")
    }

    @Test func longInputThroughAPipeArrivesWhole() throws {
        let collector = try ScriptedCollector()
        let count = 20_000
        let input = (0..<count).map { index in
            "{\"name\":\"m.\(index % 7)\",\"value\":\(index),\"kind\":\"gauge\","
                + "\"attributes\":{\"k\":\(index)}}\n"
        }.joined()
        let run = try EmitRun(
            program: "/bin/sh", ["-c", "cat | \"$0\" send --stdin", EmitRun.program()],
            environment: [
                "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT": collector.endpoint, "PATH": "/usr/bin:/bin",
            ], input: input)
        #expect(run.status == 0, "\(run.errors)")
        #expect(
            run.output == ["recorded=\(count) delivered=\(count) pending=0 lost=0"])
        let points = try collector.acceptedPoints()
        #expect(points.count == count)
        let found = Set(points.map { "\($0.metric.prefix(3)) \($0.attributes) \($0.value)" })
        #expect(found.count == count)
    }

    /// What is printed to send it later does that, whatever the directory is called.
    @Test func commandThatIsToldForTheSpoolWorks() throws {
        let (port, folder) = (try HeldPort(), try TemporaryFolder())
        let run = try EmitRun(
            ["send", "a", "1", "--kind", "gauge", "--timeout", "2"],
            environment: [
                "OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:\(port.number)",
                "OTEL_SWIFT_SPOOL_DIRECTORY": folder.file("it's a spool"),
            ])
        #expect(run.status == 0, "\(run.errors)")
        let words = try #require(run.errors.last?.split(separator: "otel-emit ").last)
        let collector = try ScriptedCollector()
        let replay = try EmitRun(
            program: "/bin/sh", ["-c", "exec \"$0\" \(words)", EmitRun.program()],
            environment: ["OTEL_EXPORTER_OTLP_METRICS_ENDPOINT": collector.endpoint])
        #expect(replay.status == 0, "\(words): \(replay.errors)")
        #expect(replay.output.last == "recorded=1 delivered=1 pending=0 lost=0")
        #expect(try collector.acceptedPoints().count == 1)
    }

    @Test func spoolKeepsWhatCanNotBeDeliveredAndThatIsGood() throws {
        let (port, folder) = (try HeldPort(), try TemporaryFolder())
        let run = try EmitRun(
            ["send", "a", "1", "--kind", "gauge", "--timeout", "4"],
            environment: [
                "OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:\(port.number)",
                "OTEL_SWIFT_SPOOL_DIRECTORY": folder.file("spool"),
            ])
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output == ["recorded=1 delivered=0 pending=1 lost=0"])
        #expect(run.errors.last?.contains("wait in the spool") == true)
    }

    /// Every request that leaves for anywhere would come by the proxy.
    @Test func nothingIsSentWhereTheEndpointCanNotBeUsed() throws {
        let proxy = try ScriptedCollector()
        let run = try EmitRun(
            ["send", "jobs", "1", "--kind", "counter"],
            environment: [
                "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT": "https://collector.example:443O",
                "OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:\(proxy.port)",
                "OTEL_SWIFT_FAILOVER_ENDPOINT": proxy.endpoint,
                "all_proxy": "http://127.0.0.1:\(proxy.port)",
            ])
        #expect(run.status == 1)
        #expect(run.output.isEmpty)
        #expect(run.errors.count == 1)
        #expect(run.errors.first?.contains("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT") == true)
        #expect(proxy.connections == 0)
    }

    @Test func nothingIsSentWhereExportIsOff() throws {
        let collector = try ScriptedCollector()
        let run = try send(
            collector, ["a", "1", "--kind", "gauge"], environment: ["OTEL_SDK_DISABLED": "true"])
        #expect(run.status == 1)
        #expect(run.output.isEmpty)
        #expect(run.errors.count == 1)
        #expect(collector.connections == 0)
    }
}
