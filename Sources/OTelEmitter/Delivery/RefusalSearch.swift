/// Finds which of a request's metrics a receiver refuses, by halves (design, decision 4.7): pure.
///
/// Begins with a range of which is known that it was refused as a whole. `next` is the part to try;
/// `accepted` and `refused` tell what became of it. Each level takes at most two requests. Where
/// both halves are refused, the search goes on in one of them and comes back for the other. If
/// nothing at all was accepted by as many requests as one bad metric takes, the receiver is to
/// blame rather than a metric, and the search is over.
///
/// All answers have to be of one receiver.
struct RefusalSearch: Equatable {
    /// Single metrics that are refused.
    private(set) var guilty: [Int] = []
    /// Whether the receiver refuses everything.
    private(set) var blamesReceiver = false

    /// Ranges known to hold a refused metric, for later.
    private var suspects: [Range<Int>] = []
    private var pair: Pair?
    private var hasAccepted = false
    /// Requests that may be refused before anything is accepted.
    private var patience: Int
    private var turns: UInt64

    private struct Pair: Equatable {
        let first: Range<Int>
        let second: Range<Int>
        var isFirstRefused = false
    }

    /// - Parameter turns: a bit for each level: whether the second half is tried first. Where they
    ///   are random, the next search looks elsewhere if this one meets nothing but bad metrics.
    init(refused metrics: Range<Int>, turns: UInt64 = 0) {
        patience = Self.budget(metrics: metrics.count)
        self.turns = turns
        divide(metrics)
    }

    /// The metrics to try next; nil when the search is over.
    var next: Range<Int>? {
        pair.map { $0.isFirstRefused ? $0.second : $0.first }
    }

    /// `next` was accepted.
    mutating func accepted() {
        guard let pair else { return }
        hasAccepted = true
        // The whole was refused, so the other half holds what was refused.
        divide(pair.isFirstRefused ? pair.first : pair.second)
    }

    /// `next` was refused.
    mutating func refused() {
        guard let pair else { return }
        patience -= 1
        if !hasAccepted, patience == 0 {
            blamesReceiver = true
            self.pair = nil
        } else if pair.isFirstRefused {
            suspects.append(pair.second)
            divide(pair.first)
        } else {
            self.pair?.isFirstRefused = true
        }
    }

    /// Requests that a search among so many metrics may take in one interval.
    static func budget(metrics count: Int) -> Int {
        count < 2 ? 0 : 2 * (Int.bitWidth - (count - 1).leadingZeroBitCount)
    }

    private mutating func divide(_ range: Range<Int>) {
        pair = nil
        if range.count > 1 {
            let middle = range.lowerBound + range.count / 2
            let (left, right) = (range.lowerBound..<middle, middle..<range.upperBound)
            let isTurned = turns & 1 == 1
            turns = turns >> 1 | turns << 63
            pair = Pair(first: isTurned ? right : left, second: isTurned ? left : right)
        } else {
            guilty += range
            if let suspect = suspects.popLast() { divide(suspect) }
        }
    }
}
