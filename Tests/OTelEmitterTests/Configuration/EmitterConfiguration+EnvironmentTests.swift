import Instruments
import TestSupport
import Testing

@testable import OTelEmitter

@Suite struct EmitterConfigurationEnvironmentTests {
    private func make(_ environment: [EnvironmentVariable: String]) -> EmitterConfiguration {
        EmitterConfiguration(
            environment: Dictionary(
                uniqueKeysWithValues: environment.map { ($0.key.rawValue, $0.value) }))
    }

    // MARK: A configuration file

    @Test(arguments: [EnvironmentVariable.configFile, .experimentalConfigFile])
    func aConfigurationFileSwitchesExportOffAndIsTheOnlyThingTold(variable: EnvironmentVariable) {
        let configuration = make([
            variable: "otel.yaml", .endpoint: "nonsense", .timeout: "x", .serviceName: "s",
            .resourceAttributes: "k=v", .headers: "bad", .logLevel: "none",
            .metricsExporter: "console", .spoolDirectory: "spool", .entities: "x",
        ])
        #expect(!configuration.isExportEnabled)
        #expect(configuration.problems.map(\.variable) == [variable.rawValue])
        #expect(configuration.problems.first?.value == "otel.yaml")
        #expect(configuration.endpoint == .standard)
        #expect(configuration.exporter == .otlp)
        #expect(configuration.spool == nil)
        #expect(configuration.logLevel == .info)
        #expect(configuration.resource.attributes["service.name"] != "s")
        #expect(configuration.resource.attributes["k"] == nil)
    }

    @Test func ofBothNamesOfAConfigurationFileTheNewOneIsTold() {
        let configuration = make([.configFile: "a", .experimentalConfigFile: "b"])
        #expect(configuration.problems.map(\.variable) == ["OTEL_CONFIG_FILE"])
    }

    @Test func anEmptyNameOfAConfigurationFileIsUnset() {
        let configuration = make([.configFile: "", .experimentalConfigFile: " ", .timeout: "7"])
        #expect(configuration.isExportEnabled)
        #expect(configuration.timeout == .milliseconds(7))
    }

    @Test func recordingIsSafeWhenAConfigurationFileIsNamed() {
        var configuration = make([.configFile: "a"])
        configuration.diagnosticHandler = { _ in }
        let emitter = Emitter(configuration)
        emitter.meter("m").counter("c").add(1)
        #expect(emitter.meterProvider.collect().pointCount == 1)
        #expect(emitter.flush(timeout: .seconds(20)).totals.recorded == 0)
        #expect(emitter.shutdown(timeout: .seconds(20)).totals.recorded == 0)
    }

    // MARK: How instruments are read

    @Test(arguments: [
        ("cumulative", TemporalityPreference.cumulative, 0), ("Delta", .delta, 0),
        ("LOWMEMORY", .lowMemory, 0), ("low_memory", .cumulative, 1), ("", .cumulative, 0),
    ])
    func theTemporalityIsChosen(value: String, expected: TemporalityPreference, problems: Int) {
        let configuration = make([.temporality: value])
        #expect(configuration.temporality == expected)
        #expect(configuration.problems.count == problems)
    }

    @Test(arguments: [
        ("explicit_bucket_histogram", Aggregation.explicitBuckets(), 0),
        ("Base2_Exponential_Bucket_Histogram", .exponentialBuckets(), 0),
        ("exponential", .explicitBuckets(), 1), ("", .explicitBuckets(), 0),
    ])
    func theHistogramIsChosen(value: String, expected: Aggregation, problems: Int) {
        let configuration = make([.histogramAggregation: value])
        #expect(configuration.histogramAggregation == expected)
        #expect(configuration.problems.count == problems)
    }

    @Test(arguments: [
        ("always_on", ExemplarFilter.alwaysOn, 0), ("Always_Off", .alwaysOff, 0),
        ("trace_based", .traceBased, 0), ("on", .traceBased, 1), ("", .traceBased, 0),
    ])
    func theExemplarFilterIsChosen(value: String, expected: ExemplarFilter, problems: Int) {
        let configuration = make([.exemplarFilter: value])
        #expect(configuration.exemplarFilter == expected)
        #expect(configuration.problems.count == problems)
    }

    // MARK: What the operator is told

    @Test(arguments: [
        ("none", DiagnosticLevel.none, 0), ("ERROR", .error, 0), ("warn", .warning, 0),
        ("Warning", .warning, 0), ("info", .info, 0), ("debug", .debug, 0), ("trace", .trace, 0),
        ("verbose", .info, 1), ("3", .info, 1), ("", .info, 0),
    ])
    func theLogLevelIsChosen(value: String, expected: DiagnosticLevel, problems: Int) {
        let configuration = make([.logLevel: value])
        #expect(configuration.logLevel == expected)
        #expect(configuration.problems.count == problems)
    }

    // MARK: Variables of this project

    @Test(arguments: [("true", true, 0), ("FALSE", false, 0), ("", true, 0), ("0", false, 1)])
    func selfObservationIsOnUnlessSwitchedOff(value: String, expected: Bool, problems: Int) {
        let configuration = make([.selfMetrics: value])
        #expect(configuration.isSelfObserved == expected)
        #expect(configuration.problems.count == problems)
    }

    @Test func theSpoolHasADirectoryAndLimits() {
        #expect(make([:]).spool == nil)
        let plain = make([.spoolDirectory: " spool/metrics "])
        #expect(plain.spool == SpoolOptions(directory: "spool/metrics"))
        let limited = make([
            .spoolDirectory: "s", .spoolMaximumBytes: "5000000000", .spoolMaximumAge: "2592000000",
        ])
        #expect(limited.spool?.byteLimit == 5_000_000_000)
        #expect(limited.spool?.ageLimit == .seconds(30 * 86_400))
        #expect(limited.problems.isEmpty)
    }

    @Test(arguments: [
        EnvironmentVariable.spoolMaximumBytes, .spoolMaximumAge,
    ])
    func limitsOfTheSpoolThatCanNotBeUsedAreReportedAndIgnored(variable: EnvironmentVariable) {
        for value in ["0", "-1", "1k", "1.5", "99999999999999999999"] {
            let configuration = make([.spoolDirectory: "s", variable: value])
            #expect(configuration.problems.map(\.variable) == [variable.rawValue])
            #expect(configuration.problems.first?.isInForce == false)
            #expect(configuration.spool == SpoolOptions(directory: "s"))
        }
    }

    @Test func limitsWithoutASpoolAreReported() {
        let configuration = make([.spoolMaximumBytes: "5", .spoolMaximumAge: "5"])
        #expect(configuration.spool == nil)
        #expect(
            configuration.problems.map(\.variable) == [
                "OTEL_SWIFT_SPOOL_MAX_BYTES", "OTEL_SWIFT_SPOOL_MAX_AGE",
            ])
    }

    /// No Prometheus exporter exists, so nothing is read that would need a warning.
    @Test func variablesOfThePrometheusExporterAreNotUsed() {
        let configuration = make([.prometheusHost: "h", .prometheusPort: "port"])
        #expect(configuration.problems.isEmpty)
        #expect(configuration.effective.allSatisfy { $0.source == .standard })
    }

    // MARK: Anything

    /// Values made of what the rules look for, and of what they do not expect.
    @Test func anyEnvironmentIsReadWithoutATrapAndNoSecretIsShown() {
        let parts = [
            "http://", "https://", "unix:///", "c", ":", "4317", "/", "v1/metrics", "?", "#", "@",
            "[", "]", "::1", "%", "%4", "%0A", ",", "=", ";", " ", "\t", "\n", "\u{0}", "true",
            "otlp",
            "otlp/file", "none", "-1", "0", "99999999999999999999", "é", "\u{301}", "😀", "gzip",
        ]
        let secret = "hunter2"
        for seed in UInt64(0)..<1000 {
            var random = SeededRandom(seed: seed)
            var environment: [String: String] = [:]
            for variable in EnvironmentVariable.allCases
            where variable != .configFile && variable != .experimentalConfigFile {
                if random.oneIn(3) { continue }
                let count = Int.random(in: 0...6, using: &random)
                environment[variable.rawValue] = (0..<count).map { _ in random.pick(parts) }
                    .joined()
            }
            let name = random.pick(["a", "authorization", "é", ""])
            environment["OTEL_EXPORTER_OTLP_HEADERS", default: ""] += ",\(name)=\(secret)"
            environment["OTEL_EXPORTER_OTLP_METRICS_HEADERS"] = nil
            environment["OTEL_SWIFT_FAILOVER_ENDPOINT", default: ""] += "://u:\(secret)@c"
            let configuration = EmitterConfiguration(environment: environment)
            let text = configuration.effectiveText
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            #expect(lines.count == configuration.effective.count + 1, "seed \(seed)")
            #expect(!text.contains(secret), "seed \(seed)")
            for problem in configuration.problems {
                #expect(!problem.description.contains(secret), "seed \(seed)")
            }
        }
    }
}
