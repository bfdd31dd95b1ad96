/// Finds which of a request's metrics a receiver refuses, by halves (design, decision 4.7): pure.
///
/// Begins with a range of which is known that it was refused as a whole. `next` is the part to try;
/// `accepted` and `refused` tell what became of it. Each level takes at most two requests. If both
/// halves of the whole are refused alike, the receiver is to blame rather than a metric, and the
/// search is over.
struct RefusalSearch: Equatable {
    /// Single metrics that are refused.
    private(set) var guilty: [Int] = []
    /// Whether the receiver refuses everything.
    private(set) var blamesReceiver = false

    /// Ranges known to hold a refused metric, for later.
    private var suspects: [Range<Int>] = []
    private var pair: Pair?
    private var hasAccepted = false

    private struct Pair: Equatable {
        let left: Range<Int>
        let right: Range<Int>
        var isLeftRefused = false
    }

    init(refused metrics: Range<Int>) {
        divide(metrics)
    }

    /// The metrics to try next; nil when the search is over.
    var next: Range<Int>? {
        pair.map { $0.isLeftRefused ? $0.right : $0.left }
    }

    /// `next` was accepted.
    mutating func accepted() {
        guard let pair else { return }
        hasAccepted = true
        // The whole was refused, so the other half holds what was refused.
        divide(pair.isLeftRefused ? pair.left : pair.right)
    }

    /// `next` was refused.
    mutating func refused() {
        guard let pair else { return }
        if !pair.isLeftRefused {
            self.pair?.isLeftRefused = true
        } else if hasAccepted {
            suspects.append(pair.right)
            divide(pair.left)
        } else {
            blamesReceiver = true
            self.pair = nil
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
            pair = Pair(
                left: range.lowerBound..<middle, right: middle..<range.upperBound)
        } else {
            guilty += range
            if let suspect = suspects.popLast() { divide(suspect) }
        }
    }
}
