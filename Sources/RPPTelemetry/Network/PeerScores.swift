internal import Synchronization

/// The scores of connected peers. Peers are the only attribute whose values are an open set, so
/// both the scores that are kept and those that are exported have a limit.
final class PeerScores: Sendable {
    /// The most peers whose scores are kept, whatever the limit on exported ones. Beyond it, the
    /// peer with the highest score is dropped.
    static let keptPeers = 8192
    /// The most characters of a PeerId; today's have 52.
    static let longestPeer = 128

    private let scores = Mutex<[String: Double]>([:])

    /// Ignores a score that is not finite, and a peer whose id can't be a PeerId.
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

    /// The `count` lowest scores, the lowest first.
    func lowest(_ count: Int) -> [(peer: String, score: Double)] {
        let all = scores.withLock { $0 }
        return all.sorted(by: Self.isLower).prefix(max(count, 0)).map {
            (peer: $0.key, score: $0.value)
        }
    }

    /// Orders by score, then by peer.
    private static func isLower(
        _ left: (key: String, value: Double), _ right: (key: String, value: Double)
    ) -> Bool {
        left.value == right.value ? left.key < right.key : left.value < right.value
    }

    /// Whether the text can be a PeerId: base58 consists of letters and digits.
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
