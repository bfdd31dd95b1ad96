/// What no instrument can hold: who the node is, the head's hash with the height that it belongs
/// to (decision 0008), the last rounds' durations, the current round.
///
/// Written by the calls that record the instruments, and copied in every collection.
struct NodeState: Sendable, Equatable {
    /// Rounds whose durations are kept.
    static let roundWindow = 32

    /// Base58 PeerId of the node.
    var nodeID = ""
    /// Height and hash of the head, which belong together; no height before the first head.
    private(set) var blockHeight: UInt64?
    private(set) var blockHash = ""
    /// Whole milliseconds of the last completed rounds, oldest first.
    private(set) var roundDurations: [UInt64] = []
    /// Whole milliseconds until the current round's quorum, once it is reached.
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

    /// A new round; true if its leader is another than the previous round's. The first round of the
    /// process is no change.
    mutating func start(height: UInt64, round number: UInt64, leader newLeader: String) -> Bool {
        let isChange = leader.map { $0 != newLeader } ?? false
        leader = newLeader
        round = Round(height: height, number: number)
        quorumLatency = nil
        return isChange
    }

    /// True if this is the round that was last started, and its first quorum.
    mutating func reachQuorum(height: UInt64, round number: UInt64, after: Duration) -> Bool {
        guard let current = round, current == Round(height: height, number: number) else {
            return false
        }
        round?.hasQuorum = true
        quorumLatency = after.wholeMilliseconds
        return true
    }

    /// True if this is the round that was last started, and its first end.
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
    /// Milliseconds rounded to the nearest whole one; never negative.
    var wholeMilliseconds: UInt64 {
        UInt64(clamping: Int64(milliseconds.rounded().clamped(to: 9e15)))
    }
}

extension Double {
    fileprivate func clamped(to limit: Double) -> Double { Swift.min(self, limit) }
}
