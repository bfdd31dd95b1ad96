import Instruments
import RPPTelemetry

/// What a node does on its hot paths: each is one event.
enum NodePaths {
    static func all() -> [RecordingPath] {
        let telemetry = NodeTelemetry(provider: MeterProvider(), nodeID: "12D3KooWEndurance")
        let runtime = telemetry.runtime
        let storage: any StorageMetrics = runtime
        let time = Duration.microseconds(1234)
        let sizes = ProofSizes(total: 900, parameters: 100, publicInputs: 200, payload: 600)
        let (backends, verifiers, kinds) = (
            ProofBackend.allCases, VerificationBackend.allCases, ProofKind.allCases
        )
        return [
            RecordingPath("node: a whole proof") {
                for index in 0..<$0 {
                    runtime.recordProofGeneration(
                        backend: backends[index % 3], kind: kinds[index % 7], duration: time,
                        bytes: index)
                }
            },
            RecordingPath("node: a whole verification") {
                for index in 0..<$0 {
                    var stages = StageResults()
                    stages[.parse] = .ok
                    stages[.params] = .ok
                    stages[.public] = .ok
                    stages[.merkle] = .fail
                    runtime.recordProofVerification(
                        backend: verifiers[index % 3], kind: kinds[index % 7], result: .fail,
                        duration: time, sizes: sizes, stages: stages)
                }
            },
            RecordingPath("node: a flush, by the protocol") {
                for index in 0..<$0 {
                    storage.recordWALFlush(outcome: .success, duration: time, bytes: index)
                    storage.recordHeaderFlush(outcome: .retried, duration: time, bytes: index)
                }
            },
            RecordingPath("node: a request") {
                for index in 0..<$0 {
                    runtime.recordRequest(
                        method: .status, status: 200 + index % 300, duration: time)
                }
            },
            RecordingPath("node: votes and stages") {
                for _ in 0..<$0 {
                    runtime.recordWitnessEvent(.votes)
                    runtime.recordFailedVote(.externalVote)
                    runtime.recordSlashing(.consensusFault)
                    runtime.recordBlockStage(.execution, duration: time)
                }
            },
            RecordingPath("node: gossip") {
                for index in 0..<$0 {
                    telemetry.network?.recordBytes(index, topic: .votes, direction: .inbound)
                    telemetry.network?.setMeshPeers(index, topic: .votes)
                }
            },
        ]
    }
}
