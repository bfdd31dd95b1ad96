import Instruments
import Testing

@testable import RPPTelemetry

@Suite struct RuntimeMetricsTests {
    private let provider = MeterProvider()
    private let metrics: RuntimeMetrics

    init() {
        metrics = RuntimeMetrics(provider: provider)
    }

    private func data(_ name: String) -> MetricData? {
        provider.collect().metric(name, scope: "rpp.runtime")?.data
    }

    private func histogram(_ name: String) -> [HistogramPoint] {
        if case .histogram(let points, _, _) = data(name) { points } else { [] }
    }

    private func numbers(_ name: String) -> [NumberPoint] {
        switch data(name) {
        case .sum(let points, _, _), .gauge(let points): points
        default: []
        }
    }

    @Test func oneProofWritesDurationSizeAndCount() {
        metrics.recordProofGeneration(
            backend: .stwo, kind: .uptime, duration: .microseconds(1500), bytes: 4096)
        let expected: AttributeSet = ["backend": "stwo", "proof_kind": "uptime"]
        let duration = histogram("rpp.runtime.proof.generation.duration")
        #expect(duration.map(\.attributes) == [expected])
        #expect(duration.map(\.sum) == [1.5])
        #expect(histogram("rpp.runtime.proof.generation.size").map(\.sum) == [4096])
        let count = numbers("rpp.runtime.proof.generation.count")
        #expect(count.map(\.value) == [.int(1)])
        #expect(count.map(\.attributes) == [expected])
    }

    /// The values of one call agree, whatever it is given.
    @Test func negativeSizesAndDurationsCountAsNone() {
        metrics.recordProofGeneration(
            backend: .mock, kind: .state, duration: .seconds(-1), bytes: -7)
        #expect(histogram("rpp.runtime.proof.generation.duration").map(\.sum) == [0])
        #expect(histogram("rpp.runtime.proof.generation.size").map(\.sum) == [0])
        #expect(numbers("rpp.runtime.proof.generation.count").map(\.value) == [.int(1)])
    }

    @Test func oneVerificationWritesItsPartsAndStages() {
        var stages = StageResults()
        stages[.parse] = .ok
        stages[.params] = .fail
        metrics.recordProofVerification(
            backend: .rppStark, kind: .state, result: .fail, duration: .milliseconds(2),
            sizes: ProofSizes(total: 100, parameters: 10, publicInputs: 20, payload: 70),
            stages: stages)
        for (part, size) in [
            ("total", 100.0), ("params", 10), ("public_inputs", 20), ("payload", 70),
        ] {
            let points = histogram("rpp.runtime.proof.verification.\(part)_bytes")
            #expect(points.map(\.sum) == [size])
        }
        let counted = numbers("rpp.runtime.proof.verification.stage").map(\.attributes)
        #expect(
            Set(counted) == [
                [
                    "proof_backend": "rpp-stark", "proof_kind": "state", "stage": "parse",
                    "result": "ok",
                ],
                [
                    "proof_backend": "rpp-stark", "proof_kind": "state", "stage": "params",
                    "result": "fail",
                ],
            ])
    }

    @Test func failedFlushIsRecordedWithItsOutcome() {
        metrics.recordWALFlush(outcome: .failed, duration: .milliseconds(2), bytes: 100)
        let bytes = histogram("rpp.runtime.storage.wal_flush.bytes")
        #expect(bytes.map(\.attributes) == [["outcome": "failed"]])
        #expect(bytes.map(\.sum) == [100])
        #expect(histogram("rpp.runtime.storage.header_flush.bytes").isEmpty)
    }

    @Test func countersOfRareEventsReportZeroFromTheStart() {
        for family in ["header_flush", "wal_flush"] {
            let points = numbers("rpp.runtime.storage.\(family).total")
            #expect(points.map(\.value) == [.int(0), .int(0), .int(0)])
        }
        let requests = numbers("rpp.runtime.rpc.request.total")
        #expect(requests.count == RPCMethod.allCases.count)
        #expect(requests.allSatisfy { $0.attributes["result"] == "server_error" })
        #expect(
            numbers("rpp.runtime.consensus.round.leader_changes").map(\.value) == [.int(0)])
        #expect(data("rpp.runtime.proof.generation.count") == nil)
    }

    @Test(arguments: [
        (200, "success"), (304, "success"), (404, "client_error"), (500, "server_error"),
        (501, "server_error"), (0, "server_error"),
    ])
    func statusDecidesTheResult(_ status: Int, _ result: String) {
        metrics.recordRequest(method: .status, status: status, duration: .milliseconds(1))
        let points = histogram("rpp.runtime.rpc.request.latency")
        #expect(
            points.map(\.attributes) == [["method": "status", "result": .string(result)]])
    }

    @Test func roundOfThePastDoesNotCount() {
        metrics.roundStarted(height: 1, round: 0, leader: "a")
        metrics.roundStarted(height: 1, round: 1, leader: "b")
        metrics.quorumReached(height: 1, round: 0, after: .milliseconds(1))
        metrics.roundEnded(height: 1, round: 0, outcome: .sealed, after: .milliseconds(1))
        #expect(histogram("rpp.runtime.consensus.round.quorum_latency").isEmpty)
        #expect(histogram("rpp.runtime.consensus.round.duration").isEmpty)
        #expect(
            numbers("rpp.runtime.consensus.round.leader_changes").map(\.value) == [.int(1)])
        metrics.roundEnded(height: 1, round: 1, outcome: .timedOut, after: .milliseconds(300))
        let ended = histogram("rpp.runtime.consensus.round.duration")
        #expect(ended.map(\.attributes) == [["outcome": "timed_out"]])
    }

    @Test func everyAttributeValueIsUniqueWithinItsKey() {
        func isUnique<Attribute: AttributeEnum>(_: Attribute.Type) -> Bool {
            Set(Attribute.allCases.map(\.attributeValue)).count == Attribute.allCases.count
                && Attribute.allCases.map(\.index) == Array(0..<Attribute.allCases.count)
        }
        #expect(isUnique(ProofBackend.self) && isUnique(VerificationBackend.self))
        #expect(isUnique(ProofKind.self) && isUnique(VerificationResult.self))
        #expect(isUnique(FlushOutcome.self) && isUnique(RoundOutcome.self))
        #expect(isUnique(RPCMethod.self) && isUnique(RPCResult.self))
        #expect(isUnique(VerificationStage.self) && isUnique(StageResult.self))
        #expect(isUnique(BlockStage.self) && isUnique(WitnessTopic.self))
        #expect(isUnique(SlashingReason.self) && isUnique(VoteFailure.self))
        #expect(isUnique(GossipTopic.self) && isUnique(GossipDirection.self))
    }
}
