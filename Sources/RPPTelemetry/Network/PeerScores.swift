internal import Synchronization

/// The scores of connected peers, the one open set of the contract: bounded in what is kept, and in
/// what is exported.
final class PeerScores: Sendable {
    /// Peers whose scores are kept at most, whatever the limit of those exported: beyond, the one
    /// with the highest score makes room.
    static let keptPeers = 8192
    /// Characters of a PeerId at most; those of today have 52.
    static let longestPeer = 128

    private let scores = Mutex<[String: Double]>([:])

    /// A score that is not finite, and a peer whose id can't be one, change nothing.
    func set(_ score: Double, of peer: String) {
        guard score.isFinite, Self.isPeer(peer) else { return }
        scores.withLock { scores in
            if scores[peer] == nil, scores.count >= Self.keptPeers,
                let highest = scores.max(by: { Self.isLower($0, $1) })
            {
                guard score < highest.value else { return }
                scores[highest.key] = nil
            }
            scores[peer] = score
        }
    }

    func remove(_ peer: String) {
        _ = scores.withLock { $0.removeValue(forKey: peer) }
    }

    /// So many of the lowest scores, the lowest first.
    func lowest(_ count: Int) -> [(peer: String, score: Double)] {
        let all = scores.withLock { $0 }
        return all.sorted(by: Self.isLower).prefix(max(count, 0)).map {
            (peer: $0.key, score: $0.value)
        }
    }

    /// By score, then by peer.
    private static func isLower(
        _ left: (key: String, value: Double), _ right: (key: String, value: Double)
    ) -> Bool {
        left.value == right.value ? left.key < right.key : left.value < right.value
    }

    /// Base58 has letters and digits only.
    private static func isPeer(_ text: String) -> Bool {
        let characters = text.utf8
        return (1...longestPeer).contains(characters.count)
            && characters.allSatisfy { character in
                switch character {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "a")...UInt8(ascii: "z"):
                    true
                default: false
                }
            }
    }
}
