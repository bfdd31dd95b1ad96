/// The node's state in one document, as its telemetry clients read it
/// (`Documentation/node-contract.md`, section 6).
///
/// The document is a derived view: every value comes from the snapshot of the instruments or from
/// the state that was copied in the same collection.
public struct TelemetrySnapshot: Sendable, Equatable {
    /// The height of the latest block.
    public var blockHeight: UInt64 = 0
    /// The hash of the latest block, `0x…`; empty before the first block.
    public var blockHash = ""
    /// Transactions that wait for a block.
    public var transactionCount: UInt64 = 0
    /// Peers that the node is connected to.
    public var peerCount: UInt64 = 0
    /// The base58 PeerId of the node.
    public var nodeID = ""
    /// The node's reputation among its peers.
    public var reputationScore = 0.0
    /// The time of the collection in seconds since 1970, UTC.
    public var timestamp: UInt64 = 0
    /// What was verified, by backend; only backends that have verified something.
    public var verifierMetrics: [String: VerifierMetrics] = [:]
    /// The durations of the last 32 completed rounds in milliseconds, oldest first.
    public var roundLatencies: [UInt64] = []
    /// How often the leader has changed since the node started.
    public var leaderChanges: UInt64 = 0
    /// The time that the current round took to reach its quorum, in milliseconds; nil before that.
    public var quorumLatency: UInt64?
    /// Messages that were witnessed since the node started.
    public var witnessEvents: UInt64 = 0
    /// Punishable offences since the node started.
    public var slashingEvents: UInt64 = 0
    /// Votes that were not cast or do not count, since the node started.
    public var failedVotes: UInt64 = 0
    /// Traffic and peers.
    public var network = NetworkMetricsSnapshot()

    /// A snapshot in which nothing has happened yet.
    public init() {}

    /// What log lines may say about a snapshot: heights and counts, but no hashes and no
    /// identities.
    public var summary: String {
        "block_height=\(blockHeight) transaction_count=\(transactionCount)"
            + " peer_count=\(peerCount)"
    }

    /// What one backend has verified.
    public struct VerifierMetrics: Sendable, Equatable {
        /// Proofs that hold.
        public var accepted: UInt64 = 0
        /// Proofs that do not hold.
        public var rejected: UInt64 = 0
        /// The time that all verifications took, in rounded milliseconds.
        public var totalDuration: UInt64 = 0

        /// Nothing has been verified yet.
        public init() {}
    }
}

/// The network section of the snapshot, a condensed view for dashboards. Without a network stack it
/// is empty.
public struct NetworkMetricsSnapshot: Sendable, Equatable {
    /// Bytes received, of all topics.
    public var inboundBytes: UInt64 = 0
    /// Bytes sent, of all topics.
    public var outboundBytes: UInt64 = 0
    /// All topics, in a fixed order.
    public var topics: [Topic] = []
    /// The scores of peers, sorted by peer.
    public var peerScores: [PeerScore] = []

    /// The section of a node without a network stack.
    public init() {}

    /// One topic's traffic and mesh.
    public struct Topic: Sendable, Equatable {
        /// The topic's name, as in the attribute `topic`.
        public var topic: String
        /// Bytes received.
        public var inboundBytes: UInt64
        /// Bytes sent.
        public var outboundBytes: UInt64
        /// Peers in the topic's mesh.
        public var meshPeers: UInt64

        /// Makes the figures of one topic.
        public init(topic: String, inboundBytes: UInt64, outboundBytes: UInt64, meshPeers: UInt64) {
            self.topic = topic
            self.inboundBytes = inboundBytes
            self.outboundBytes = outboundBytes
            self.meshPeers = meshPeers
        }
    }

    /// One peer's score.
    public struct PeerScore: Sendable, Equatable {
        /// The peer's PeerId, in Base58.
        public var peer: String
        /// Its score as gossip computes it.
        public var score: Double

        /// Makes the score of one peer.
        public init(peer: String, score: Double) {
            self.peer = peer
            self.score = score
        }
    }
}
