/// What no instrument can hold: the node's identity, the hash of the chain's head with the height
/// that it belongs to (decision 0008), the durations of the last rounds, and the current round.
///
/// The calls that record measurements write it, and every collection copies it.
struct NodeState: Sendable, Equatable {
    /// The number of rounds whose durations are kept.
    static let roundWindow = 32

    /// The base58 PeerId of the node.
    var nodeID = ""
    /// The height and the hash of the head, which belong together. There is no height before the
    /// first head.
    private(set) var blockHeight: UInt64?
    private(set) var blockHash = ""
    /// The durations of the last completed rounds in whole milliseconds, oldest first.
    private(set) var roundDurations: [UInt64] = []
    /// The time that the current round took to reach its quorum, in whole milliseconds; nil before
    /// that.
    private(set) var quorumLatency: UInt64?

    private var round: Round?
    private var leader: String?

    private struct Round: Equatable, Sendable {
        let height: UInt64
        let number: UInt64
        var hasQuorum = false
    }

    mutating func setHead(height: UInt64, hash: String) {
        blockHeight = height
        blockHash = hash
    }

    /// Starts a round. Returns true if its leader differs from the previous round's; the first
    /// round of the process is not a change.
    mutating func start(height: UInt64, round number: UInt64, leader newLeader: String) -> Bool {
        let isChange = leader.map { $0 != newLeader } ?? false
        leader = newLeader
        round = Round(height: height, number: number)
        quorumLatency = nil
        return isChange
    }

    /// Returns true if this is the round that was started last and it has had no quorum before.
    mutating func reachQuorum(height: UInt64, round number: UInt64, after: Duration) -> Bool {
        guard let current = round, current == Round(height: height, number: number) else {
            return false
        }
        round?.hasQuorum = true
        quorumLatency = after.wholeMilliseconds
        return true
    }

    /// Returns true if this is the round that was started last and it has not ended before.
    mutating func end(height: UInt64, round number: UInt64, after: Duration) -> Bool {
        guard let current = round, current.height == height, current.number == number else {
            return false
        }
        round = nil
        roundDurations.append(after.wholeMilliseconds)
        if roundDurations.count > Self.roundWindow {
            roundDurations.removeFirst()
        }
        return true
    }
}

extension Duration {
    /// The duration rounded to whole milliseconds; never negative.
    var wholeMilliseconds: UInt64 {
        UInt64(clamping: Int64(milliseconds.rounded().clamped(to: 9e15)))
    }
}

extension Double {
    fileprivate func clamped(to limit: Double) -> Double { Swift.min(self, limit) }
}
