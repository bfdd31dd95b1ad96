import Testing

@testable import Instruments
@testable import RPPTelemetry

/// What a node registers and records is what the contract's tables say, and nothing else.
@Suite struct CatalogueTests {
    private let provider = MeterProvider()
    private let telemetry: NodeTelemetry

    init() {
        telemetry = NodeTelemetry(provider: provider, nodeID: "n")
    }

    /// Every value of every attribute, through the calls that a node makes.
    private func recordEverything(_ telemetry: NodeTelemetry) throws {
        let runtime = telemetry.runtime
        let time = Duration.milliseconds(3)
        for kind in ProofKind.allCases {
            for backend in ProofBackend.allCases {
                runtime.recordProofGeneration(
                    backend: backend, kind: kind, duration: time, bytes: 9)
            }
            for backend in VerificationBackend.allCases {
                for result in VerificationResult.allCases {
                    var stages = StageResults()
                    for stage in VerificationStage.allCases {
                        stages[stage] = result == .fail ? .fail : .ok
                    }
                    runtime.recordProofVerification(
                        backend: backend, kind: kind, result: result, duration: time,
                        sizes: ProofSizes(total: 9, parameters: 1, publicInputs: 2, payload: 6),
                        stages: stages)
                }
            }
        }
        for outcome in FlushOutcome.allCases {
            runtime.recordHeaderFlush(outcome: outcome, duration: time, bytes: 9)
            runtime.recordWALFlush(outcome: outcome, duration: time, bytes: 9)
        }
        for method in RPCMethod.allCases {
            for status in [200, 400, 500] {
                runtime.recordRequest(method: method, status: status, duration: time)
            }
        }
        for stage in BlockStage.allCases { runtime.recordBlockStage(stage, duration: time) }
        for (round, outcome) in RoundOutcome.allCases.enumerated() {
            let round = UInt64(round)
            runtime.roundStarted(height: 1, round: round, leader: "\(round)")
            runtime.quorumReached(height: 1, round: round, after: time)
            runtime.roundEnded(height: 1, round: round, outcome: outcome, after: time)
        }
        WitnessTopic.allCases.forEach(runtime.recordWitnessEvent)
        SlashingReason.allCases.forEach(runtime.recordSlashing)
        VoteFailure.allCases.forEach(runtime.recordFailedVote)
        runtime.setChainHead(height: 1, hash: "0x1")
        runtime.setPeerCount(1)
        runtime.setMempoolTransactions(1)
        runtime.setReputation(0.5)
        let network = try #require(telemetry.network)
        for topic in GossipTopic.allCases {
            network.setMeshPeers(1, topic: topic)
            for direction in GossipDirection.allCases {
                network.recordBytes(1, topic: topic, direction: direction)
            }
        }
        network.setPeerScore(-1.5, of: "12D3KooWPeer")
    }

    /// A metric as it was collected, in the contract's words.
    private func instrument(_ metric: Metric) -> Contract.Instrument {
        let kind: String
        let number: String
        let points: [AttributeSet]
        switch metric.data {
        case .sum(let all, isMonotonic: true, .cumulative):
            (kind, number, points) = ("counter", Self.number(all), all.map(\.attributes))
        case .gauge(let all):
            (kind, number, points) = ("gauge", Self.number(all), all.map(\.attributes))
        case .histogram(let all, _, .cumulative):
            (kind, points) = ("histogram", all.map(\.attributes))
            number = metric.descriptor.unit == "By" ? "int" : "double"
        default: (kind, number, points) = ("\(metric.data)", "", [])
        }
        var keys: [String: Set<String>] = [:]
        for attribute in points.flatMap(\.attributes) {
            guard case .string(let value) = attribute.value else { continue }
            keys[attribute.key, default: []].insert(value)
        }
        return Contract.Instrument(
            metric.descriptor.name, kind, number, metric.descriptor.unit,
            keys.mapValues { $0.contains("12D3KooWPeer") ? nil : $0.sorted() })
    }

    private static func number(_ points: [NumberPoint]) -> String {
        let isInt = points.allSatisfy { if case .int = $0.value { true } else { false } }
        return isInt ? "int" : "double"
    }

    private func sorted(_ instruments: [Contract.Instrument]) -> [Contract.Instrument] {
        instruments.map {
            Contract.Instrument(
                $0.name, $0.kind, $0.number, $0.unit, $0.keys.mapValues { $0?.sorted() })
        }.sorted { $0.name < $1.name }
    }

    @Test func whatIsRecordedIsTheContract() throws {
        try recordEverything(telemetry)
        let snapshot = provider.collect()
        #expect(snapshot.scopes.map(\.scope.name).sorted() == ["rpp.network", "rpp.runtime"])
        for (scope, expected) in [
            ("rpp.runtime", Contract.runtime), ("rpp.network", Contract.network),
        ] {
            let metrics = snapshot.scopes.first { $0.scope.name == scope }?.metrics ?? []
            let found = sorted(metrics.map(instrument))
            let wanted = sorted(expected)
            #expect(found.map(\.name) == wanted.map(\.name))
            for (found, wanted) in zip(found, wanted) { #expect(found == wanted) }
        }
    }

    /// Also those that nothing was recorded with.
    @Test func whatIsRegisteredIsTheContract() {
        var registered: [String: [String]] = [:]
        var integers: [String: Bool] = [:]
        for meter in provider.collector.meters.sorted() {
            let all =
                meter.sortedInstruments().map(\.descriptor)
                + meter.sortedObservables().map(\.descriptor)
            registered[meter.scope.name] = all.map(\.name).sorted()
            for descriptor in all { integers[descriptor.name] = descriptor.number == .integer }
        }
        #expect(
            registered == [
                "rpp.runtime": Contract.runtime.map(\.name).sorted(),
                "rpp.network": Contract.network.map(\.name).sorted(),
            ])
        for instrument in Contract.runtime + Contract.network {
            #expect(integers[instrument.name] == (instrument.number == "int"), "\(instrument)")
        }
    }

    /// What dashboards are made from.
    @Test func theCatalogueIsTheContract() {
        for (entries, expected) in [
            (Catalogue.runtime, Contract.runtime), (Catalogue.network, Contract.network),
        ] {
            let found = entries.map { entry in
                Contract.Instrument(
                    entry.name, Self.word(entry.kind),
                    entry.number == .integer ? "int" : "double", entry.unit,
                    Dictionary(uniqueKeysWithValues: entry.keys.map { ($0.name, Self.texts($0)) }))
            }
            #expect(found == expected)
            for entry in entries {
                #expect(entry.description.hasSuffix("."), "\(entry.name) has no description")
                let boundaries = entry.boundaries ?? []
                #expect(boundaries.isEmpty == (entry.kind != .histogram), "\(entry.name)")
                #expect(boundaries == boundaries.sorted(), "\(entry.name)")
            }
        }
    }

    /// The contract does not say whether a gauge is observed.
    private static func word(_ kind: InstrumentKind) -> String {
        kind == .observableGauge ? "gauge" : "\(kind)"
    }

    private static func texts(_ key: InstrumentDefinition.Key) -> [String]? {
        key.values?.compactMap { if case .string(let text) = $0 { text } else { nil } }
    }

    /// Rule 1.6
    @Test func rareEventsCountFromZero() {
        var found: [String: Int] = [:]
        for metric in provider.collect().scopes.flatMap(\.metrics) {
            guard case .sum(let points, _, _) = metric.data else { continue }
            #expect(points.allSatisfy { $0.value == .int(0) })
            found[metric.descriptor.name] = points.count
        }
        #expect(found == Contract.zeroSeries)
    }

    /// Rule 1.5: all of them at once, by the reader's or the provider's default, or by a view.
    @Test func everyHistogramCanBeExponential() throws {
        let provider = MeterProvider(histogramAggregation: .exponentialBuckets())
        let telemetry = NodeTelemetry(provider: provider, nodeID: "n")
        try recordEverything(telemetry)
        let expected = (Contract.runtime + Contract.network).filter { $0.kind == "histogram" }
        let histograms = provider.collect().scopes.flatMap(\.metrics).filter {
            if case .exponentialHistogram = $0.data { true } else { false }
        }
        #expect(histograms.map(\.descriptor.name).sorted() == expected.map(\.name).sorted())
    }

    /// Rule 1.5: the ends of what each kind of thing may take.
    @Test func boundariesFitWhatIsMeasured() {
        for entry in Catalogue.runtime where entry.kind == .histogram {
            let ends = [entry.boundaries?.first, entry.boundaries?.last]
            switch entry.name {
            case let name where name.contains("bytes") || name.hasSuffix(".size"):
                #expect(entry.boundaries == (4...13).map { Double(1 << (2 * $0)) }, "\(name)")
            case let name where name.contains(".proof."): #expect(ends == [1, 120_000], "\(name)")
            case let name where name.contains("flush") || name.contains(".rpc."):
                #expect(ends == [0.05, 10_000], "\(name)")
            case let name: #expect(ends.allSatisfy { $0 ?? 0 > 0 }, "\(name)")
            }
        }
    }
}
