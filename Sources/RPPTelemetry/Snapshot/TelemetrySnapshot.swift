/// The node's state in one document, as its telemetry clients read it (contract, section 6).
///
/// A derived view: every figure comes from the snapshot of the instruments, or from the state that
/// was copied in the same collection.
public struct TelemetrySnapshot: Sendable, Equatable {
    public var blockHeight: UInt64 = 0
    /// `0x…`; empty before the first block.
    public var blockHash = ""
    public var transactionCount: UInt64 = 0
    public var peerCount: UInt64 = 0
    /// Base58 PeerId.
    public var nodeID = ""
    public var reputationScore = 0.0
    /// Seconds since 1970, UTC.
    public var timestamp: UInt64 = 0
    /// By backend; only those with events.
    public var verifierMetrics: [String: VerifierMetrics] = [:]
    /// The last 32 completed rounds, oldest first.
    public var roundLatencies: [UInt64] = []
    public var leaderChanges: UInt64 = 0
    /// Of the current round; nil before its quorum.
    public var quorumLatency: UInt64?
    public var witnessEvents: UInt64 = 0
    public var slashingEvents: UInt64 = 0
    public var failedVotes: UInt64 = 0
    public var network = NetworkMetricsSnapshot()

    public init() {}

    /// What log lines may say of a snapshot, and nothing else: heights and counts, no hashes and no
    /// identities.
    public var summary: String {
        "block_height=\(blockHeight) transaction_count=\(transactionCount)"
            + " peer_count=\(peerCount)"
    }

    /// What one backend has verified.
    public struct VerifierMetrics: Sendable, Equatable {
        public var accepted: UInt64 = 0
        public var rejected: UInt64 = 0
        /// Milliseconds, rounded.
        public var totalDuration: UInt64 = 0

        public init() {}
    }
}

/// The network section of the snapshot: the condensed view for dashboards. Without a network stack
/// it is empty.
public struct NetworkMetricsSnapshot: Sendable, Equatable {
    public var inboundBytes: UInt64 = 0
    public var outboundBytes: UInt64 = 0
    /// All topics, in their fixed order.
    public var topics: [Topic] = []
    /// Sorted by peer.
    public var peerScores: [PeerScore] = []

    public init() {}

    /// One topic's traffic and mesh.
    public struct Topic: Sendable, Equatable {
        public var topic: String
        public var inboundBytes: UInt64
        public var outboundBytes: UInt64
        public var meshPeers: UInt64

        public init(topic: String, inboundBytes: UInt64, outboundBytes: UInt64, meshPeers: UInt64) {
            self.topic = topic
            self.inboundBytes = inboundBytes
            self.outboundBytes = outboundBytes
            self.meshPeers = meshPeers
        }
    }

    /// One peer's score.
    public struct PeerScore: Sendable, Equatable {
        public var peer: String
        public var score: Double

        public init(peer: String, score: Double) {
            self.peer = peer
            self.score = score
        }
    }
}
