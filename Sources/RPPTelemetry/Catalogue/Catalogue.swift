/// All instruments of a node (contract, sections 2, 4 and 5): dashboards depend on their names,
/// keys and units.
package enum Catalogue {
    /// The meter `rpp.runtime`.
    package static let runtime: [InstrumentEntry] =
        [generationDuration, generationSize, generationCount, verificationDuration]
        + [verificationTotalBytes, verificationParamsBytes, verificationPublicInputsBytes]
        + [verificationPayloadBytes, verificationStage, verificationOutcomes]
        + headerFlush.entries + walFlush.entries
        + [requestLatency, requestTotal, blockDuration, roundDuration, quorumLatency]
        + [leaderChanges, witnessEvents, slashingEvents, failedVotes]
        + [blockHeight, peerCount, mempoolTransactions, reputationScore]
    /// The meter `rpp.network`.
    package static let network: [InstrumentEntry] = [gossipBytes, meshPeers, peerScore]

    /// The meter `otelemitter`, where a `TelemetryWorker` runs.
    package static let worker: [InstrumentEntry] = [supersededSnapshots]

    // MARK: Proofs

    package static let generationDuration = InstrumentEntry.durations(
        "rpp.runtime.proof.generation.duration", "Time that a proof took to generate.",
        boundaries: Boundaries.proofMilliseconds, .init(ProofBackend.self), .init(ProofKind.self))
    package static let generationSize = InstrumentEntry.sizes(
        "rpp.runtime.proof.generation.size", "Size of a generated proof.",
        .init(ProofBackend.self), .init(ProofKind.self))
    package static let generationCount = InstrumentEntry.counter(
        "rpp.runtime.proof.generation.count", "Proofs generated.",
        .init(ProofBackend.self), .init(ProofKind.self))
    package static let verificationDuration = InstrumentEntry.durations(
        "rpp.runtime.proof.verification.duration", "Time that a verification took.",
        boundaries: Boundaries.proofMilliseconds,
        .init(VerificationBackend.self), .init(ProofKind.self))
    package static let verificationTotalBytes = InstrumentEntry.sizes(
        "rpp.runtime.proof.verification.total_bytes", "Size of a verified proof.",
        .init(VerificationBackend.self), .init(ProofKind.self))
    package static let verificationParamsBytes = InstrumentEntry.sizes(
        "rpp.runtime.proof.verification.params_bytes",
        "Size of the parameters in a verified proof.",
        .init(VerificationBackend.self), .init(ProofKind.self))
    package static let verificationPublicInputsBytes = InstrumentEntry.sizes(
        "rpp.runtime.proof.verification.public_inputs_bytes",
        "Size of the public inputs in a verified proof.",
        .init(VerificationBackend.self), .init(ProofKind.self))
    package static let verificationPayloadBytes = InstrumentEntry.sizes(
        "rpp.runtime.proof.verification.payload_bytes", "Size of the rest of a verified proof.",
        .init(VerificationBackend.self), .init(ProofKind.self))
    package static let verificationStage = InstrumentEntry.counter(
        "rpp.runtime.proof.verification.stage", "Stages of verifications, by how they ended.",
        .init(VerificationBackend.self), .init(ProofKind.self), .init(VerificationStage.self),
        .init(StageResult.self))
    package static let verificationOutcomes = InstrumentEntry.counter(
        "rpp.runtime.proof.verification.outcomes", "Verifications, by how they ended.",
        .init(VerificationBackend.self), .init(ProofKind.self), .init(VerificationResult.self))

    // MARK: Storage

    package static let headerFlush = FlushEntries(
        "rpp.runtime.storage.header_flush", what: "the header")
    package static let walFlush = FlushEntries(
        "rpp.runtime.storage.wal_flush", what: "the write-ahead log")

    /// The three instruments of one kind of flush.
    package struct FlushEntries: Sendable {
        package let duration: InstrumentEntry
        package let bytes: InstrumentEntry
        package let total: InstrumentEntry

        init(_ family: String, what: String) {
            duration = .durations(
                family + ".duration", "Time that an attempt to flush \(what) took.",
                boundaries: Boundaries.requestMilliseconds, .init(FlushOutcome.self))
            bytes = .sizes(
                family + ".bytes", "Size of an attempt to flush \(what).",
                .init(FlushOutcome.self))
            total = .counter(
                family + ".total", "Attempts to flush \(what).", .init(FlushOutcome.self))
        }

        var entries: [InstrumentEntry] { [duration, bytes, total] }
    }

    // MARK: RPC

    package static let requestLatency = InstrumentEntry.durations(
        "rpp.runtime.rpc.request.latency", "Time until a request was answered.",
        boundaries: Boundaries.requestMilliseconds, .init(RPCMethod.self), .init(RPCResult.self))
    package static let requestTotal = InstrumentEntry.counter(
        "rpp.runtime.rpc.request.total", "Requests answered.",
        .init(RPCMethod.self), .init(RPCResult.self))

    // MARK: Consensus

    package static let blockDuration = InstrumentEntry.durations(
        "rpp.runtime.consensus.block_duration", "Time that a stage of a block took.",
        boundaries: Boundaries.stageMilliseconds, .init(BlockStage.self))
    package static let roundDuration = InstrumentEntry.durations(
        "rpp.runtime.consensus.round.duration", "Time from a round's start to its end.",
        boundaries: Boundaries.roundMilliseconds, .init(RoundOutcome.self))
    package static let quorumLatency = InstrumentEntry.durations(
        "rpp.runtime.consensus.round.quorum_latency", "Time from a round's start to its quorum.",
        boundaries: Boundaries.roundMilliseconds)
    package static let leaderChanges = InstrumentEntry.counter(
        "rpp.runtime.consensus.round.leader_changes",
        "Rounds with another leader than the one before.")
    package static let witnessEvents = InstrumentEntry.counter(
        "rpp.runtime.consensus.witness.events", "Witnessed messages.", .init(WitnessTopic.self))
    package static let slashingEvents = InstrumentEntry.counter(
        "rpp.runtime.consensus.slashing.events", "Offences that are punished.",
        .init(SlashingReason.self))
    package static let failedVotes = InstrumentEntry.counter(
        "rpp.runtime.consensus.failed_votes", "Votes that were not cast or do not count.",
        .init(VoteFailure.self))

    // MARK: Levels

    package static let blockHeight = InstrumentEntry.gauge(
        "rpp.runtime.chain.block_height", unit: "{block}", "Height of the chain's head.")
    package static let peerCount = InstrumentEntry.gauge(
        "rpp.runtime.network.peer_count", unit: "{peer}", "Peers that are connected.")
    package static let mempoolTransactions = InstrumentEntry.gauge(
        "rpp.runtime.mempool.transactions", unit: "{transaction}",
        "Transactions that wait for a block.")
    package static let reputationScore = InstrumentEntry.gauge(
        "rpp.runtime.reputation.score", unit: "{score}", isInteger: false,
        "The node's own reputation.")

    // MARK: Network

    package static let gossipBytes = InstrumentEntry.counter(
        "rpp.gossip.bytes", unit: "By", "Bytes of gossip, headers of its frames included.",
        .init(GossipTopic.self), .init(GossipDirection.self))
    package static let meshPeers = InstrumentEntry.gauge(
        "rpp.gossip.mesh_peers", unit: "{peer}", "Peers in the mesh of a topic.",
        .init(GossipTopic.self))
    package static let peerScore = InstrumentEntry.gauge(
        "rpp.gossip.peer_score", unit: "{score}", isInteger: false,
        "Scores of connected peers, the lowest first where there are more than the cap.",
        .init(open: "peer"))

    // MARK: The worker

    package static let supersededSnapshots = InstrumentEntry.counter(
        "otelemitter.telemetry_worker.snapshots.superseded", unit: "{snapshot}",
        "Snapshots that a newer one took the place of before they were delivered.")
}
