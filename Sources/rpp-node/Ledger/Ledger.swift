internal import RPPTelemetry

/// The node's own tally of what it did. It is independent of the telemetry, so that the telemetry
/// can be compared with it.
struct Ledger: Equatable, Sendable {
    /// Bytes that read(2) and write(2) returned, by topic.
    struct Traffic: Equatable, Sendable {
        var inbound = 0
        var outbound = 0
    }

    /// What reached the disk: the successful fsyncs and the bytes that they made durable.
    struct Flushes: Equatable, Sendable {
        var fsyncs = 0
        var bytes = 0
    }

    struct Proofs: Equatable, Sendable {
        var made = 0
        var accepted = 0
        var rejected = 0
        /// The size of all proofs that were checked.
        var checkedBytes = 0
        /// The stages of checks that passed or failed.
        var stagesPassed = 0
        var stagesFailed = 0
    }

    struct Rounds: Equatable, Sendable {
        var started = 0
        var sealed = 0
        var timedOut = 0
        var failed = 0
    }

    /// What happened around votes and blocks, each indexed by the raw value of its enum.
    struct Consensus: Equatable, Sendable {
        var leaderChanges = 0
        fileprivate var lastLeader: String?
        var blockStages = [Int](repeating: 0, count: BlockStage.allCases.count)
        var witnessed = [Int](repeating: 0, count: WitnessTopic.allCases.count)
        var slashed = [Int](repeating: 0, count: SlashingReason.allCases.count)
        var failedVotes = [Int](repeating: 0, count: VoteFailure.allCases.count)
    }

    /// Indexed by the topic's raw value.
    var gossip = [Traffic](repeating: Traffic(), count: GossipTopic.allCases.count)
    var wal = Flushes()
    var header = Flushes()
    var proofs = Proofs()
    /// The replies that were sent, by HTTP status.
    var replies: [Int: Int] = [:]
    var rounds = Rounds()
    var consensus = Consensus()

    /// Counts a round, and a leader change if its leader differs from the previous round's.
    mutating func startRound(leader: String) {
        rounds.started += 1
        if let last = consensus.lastLeader, last != leader { consensus.leaderChanges += 1 }
        consensus.lastLeader = leader
    }
}
