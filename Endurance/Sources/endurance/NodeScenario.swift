import Instruments
import RPPTelemetry

/// A node that runs for long: rounds, proofs, gossip, and peers that come and go.
enum NodeScenario {
    static let scenario = Scenario(
        name: "node",
        claim: "a million rounds, proofs and messages with peers that come and go leave the series"
            + " that the contract allows, and no memory",
        run: run)

    /// Rounds, proofs made and checked, and gossip messages, of each, at full scale.
    private static let events = 1_000_000
    /// Peers that are connected at once.
    private static let peers = 1000
    /// Events between two collections.
    private static let interval = 5000
    /// What memory may grow by after the first tenth: 4 MiB.
    private static let budget = 4 << 20

    /// The most series that each instrument may have: the product of its attributes' values.
    private static let limits: [String: Int] = [
        "rpp.runtime.proof.generation.duration": 21, "rpp.runtime.proof.generation.size": 21,
        "rpp.runtime.proof.generation.count": 21, "rpp.runtime.proof.verification.duration": 21,
        "rpp.runtime.proof.verification.total_bytes": 21,
        "rpp.runtime.proof.verification.params_bytes": 21,
        "rpp.runtime.proof.verification.public_inputs_bytes": 21,
        "rpp.runtime.proof.verification.payload_bytes": 21,
        "rpp.runtime.proof.verification.stage": 294,
        "rpp.runtime.proof.verification.outcomes": 63,
        "rpp.runtime.storage.header_flush.duration": 3, "rpp.runtime.storage.header_flush.bytes": 3,
        "rpp.runtime.storage.header_flush.total": 3, "rpp.runtime.storage.wal_flush.duration": 3,
        "rpp.runtime.storage.wal_flush.bytes": 3, "rpp.runtime.storage.wal_flush.total": 3,
        "rpp.runtime.rpc.request.latency": 27, "rpp.runtime.rpc.request.total": 27,
        "rpp.runtime.consensus.block_duration": 4, "rpp.runtime.consensus.round.duration": 3,
        "rpp.runtime.consensus.round.quorum_latency": 1,
        "rpp.runtime.consensus.round.leader_changes": 1, "rpp.runtime.consensus.witness.events": 2,
        "rpp.runtime.consensus.slashing.events": 3, "rpp.runtime.consensus.failed_votes": 4,
        "rpp.runtime.chain.block_height": 1, "rpp.runtime.network.peer_count": 1,
        "rpp.runtime.mempool.transactions": 1, "rpp.runtime.reputation.score": 1,
        "rpp.gossip.bytes": 18, "rpp.gossip.mesh_peers": 9, "rpp.gossip.peer_score": 256,
    ]

    private static func run(_ conditions: Conditions, _ findings: inout Findings) {
        let provider = MeterProvider()
        let telemetry = NodeTelemetry(provider: provider, nodeID: "12D3KooWEndurance")
        let reader = MetricReader(of: provider)
        var random = conditions.random
        let total = conditions.count(events)
        var before = 0
        var met: Set<String> = []
        for event in 0..<total {
            tell(UInt64(event), telemetry, &random)
            if event % interval == interval - 1 || event == total - 1 {
                check(reader.collect(), &met, &findings)
                // The views that others read must not hold on to anything either.
                findings.claim(
                    telemetry.snapshot().network.peerScores.count <= 256, "too many peers")
            }
            if event == total / 10 { before = Process.residentBytes }
        }
        findings.note("events of each kind", total)
        findings.claimFlat(from: before, to: Process.residentBytes, budget: budget)
        findings.claimEqual("instruments with data", met.count, limits.count)
        for peer in 0..<(total + peers) { telemetry.network?.peerDisconnected("peer\(peer)") }
        let last = reader.collect()
        findings.claim(
            last.metric("rpp.gossip.peer_score", scope: "rpp.network") == nil,
            "peers that are gone have scores")
    }

    private static func check(
        _ snapshot: MetricsSnapshot, _ met: inout Set<String>, _ findings: inout Findings
    ) {
        for metric in snapshot.scopes.flatMap(\.metrics) {
            let name = metric.descriptor.name
            met.insert(name)
            let limit = limits[name] ?? 0
            findings.claim(
                metric.data.pointCount <= limit,
                "\(name) has \(metric.data.pointCount) series of \(limit)")
        }
        let scores = snapshot.metric("rpp.gossip.peer_score", scope: "rpp.network")
        findings.claimEqual("peers with a score", scores?.data.pointCount ?? 0, 256)
    }

    /// One round with its proofs, flushes, requests, messages, and a peer that takes another's
    /// place.
    private static func tell(
        _ number: UInt64, _ telemetry: NodeTelemetry, _ random: inout SeededRandom
    ) {
        let runtime = telemetry.runtime
        let time = Duration.microseconds(random.below(3_000_000))
        func any<Value: CaseIterable>(_: Value.Type) -> Value where Value.AllCases == [Value] {
            Value.allCases[random.below(Value.allCases.count)]
        }
        runtime.roundStarted(height: number, round: 0, leader: "leader\(number % 7)")
        runtime.recordBlockStage(any(BlockStage.self), duration: time)
        runtime.recordProofGeneration(
            backend: any(ProofBackend.self), kind: any(ProofKind.self), duration: time,
            bytes: random.below(1 << 24))
        var stages = StageResults()
        for stage in VerificationStage.allCases { stages[stage] = any(StageResult.self) }
        runtime.recordProofVerification(
            backend: any(VerificationBackend.self), kind: any(ProofKind.self),
            result: any(VerificationResult.self), duration: time,
            sizes: ProofSizes(total: 900, parameters: 100, publicInputs: 200, payload: 600),
            stages: stages)
        runtime.recordHeaderFlush(outcome: any(FlushOutcome.self), duration: time, bytes: 80)
        runtime.recordWALFlush(outcome: any(FlushOutcome.self), duration: time, bytes: 800)
        runtime.recordRequest(
            method: any(RPCMethod.self), status: 200 + 100 * random.below(4), duration: time)
        runtime.recordWitnessEvent(any(WitnessTopic.self))
        runtime.recordSlashing(any(SlashingReason.self))
        runtime.recordFailedVote(any(VoteFailure.self))
        runtime.quorumReached(height: number, round: 0, after: time)
        runtime.roundEnded(
            height: number, round: 0, outcome: any(RoundOutcome.self), after: time)
        runtime.setChainHead(height: number, hash: "0x\(number)")
        runtime.setPeerCount(peers)
        runtime.setMempoolTransactions(random.below(1000))
        runtime.setReputation(0.5)
        guard let network = telemetry.network else { return }
        let topic = any(GossipTopic.self)
        network.recordBytes(random.below(2000), topic: topic, direction: any(GossipDirection.self))
        network.setMeshPeers(random.below(12), topic: topic)
        let peer = Int(number)
        if number == 0 {
            for other in 0..<peers { network.setPeerScore(-1, of: "peer\(other)") }
        }
        network.peerDisconnected("peer\(peer)")
        network.setPeerScore(Double(random.below(100)) - 90, of: "peer\(peer + peers)")
    }
}

extension MetricData {
    fileprivate var pointCount: Int {
        switch self {
        case .sum(let points, _, _), .gauge(let points): points.count
        case .histogram(let points, _, _): points.count
        case .exponentialHistogram(let points, _): points.count
        }
    }
}
