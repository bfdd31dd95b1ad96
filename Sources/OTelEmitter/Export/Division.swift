/// A batch that is sent in parts, since it was refused as a whole: what has become of which data
/// points, and what to send next. Pure.
struct Division {
    private let index: RequestIndex
    /// Parts to send, the next one last.
    private var waiting: [Range<Int>]
    /// The search within the next part.
    private var search: RefusalSearch?
    /// Requests that the search may still take in this interval.
    private var budget = 0
    /// Data points of the next part that were delivered in the course of the search.
    private var decidedOfPart = 0

    /// What is decided.
    enum Fate: Equatable {
        case delivered
        /// Refused: these points of this metric.
        case rejected(metric: String)
        /// Refused whole, since the receiver accepts no part.
        case rejectedAll
        case tooLarge(metric: String)
    }

    struct Decision: Equatable {
        let points: Int
        let fate: Fate
    }

    /// Nil if the body is no request that can be divided.
    init?(_ body: [UInt8]) {
        guard let index = RequestIndex(body), index.pointCount > 0 else { return nil }
        self.index = index
        waiting = [0..<index.pointCount]
    }

    /// Whether everything is decided.
    var isOver: Bool { waiting.isEmpty }

    /// Data points of which nothing is decided.
    var undecidedPoints: Int { waiting.reduce(0) { $0 + $1.count } - decidedOfPart }

    /// Whether the search has to wait for the next interval.
    var isExhausted: Bool { search != nil && budget <= 0 }

    /// The search may take as many requests again.
    mutating func refillBudget() {
        guard let search, let next = search.next else { return }
        budget = RefusalSearch.budget(metrics: max(next.count * 2, 2))
    }

    /// The request to send next.
    var body: [UInt8]? { range.map(index.request(points:)) }

    /// The points of the request to send next.
    private var range: Range<Int>? {
        guard let part = waiting.last else { return nil }
        return search?.next.map { points(of: $0, in: part) } ?? part
    }

    // MARK: What became of the request

    mutating func delivered() -> [Decision] {
        guard let range else { return [] }
        var decisions = [Decision(points: range.count, fate: .delivered)]
        if search != nil {
            budget -= 1
            decidedOfPart += range.count
            search?.accepted()
            decisions += conclude()
        } else {
            waiting.removeLast()
        }
        return decisions
    }

    /// It is too large for the receiver.
    mutating func tooLarge() -> [Decision] {
        // The part is smaller than one that was not too large: the receiver contradicts itself.
        if search != nil { return refused() }
        guard let range = waiting.popLast() else { return [] }
        guard range.count > 1 else {
            return [Decision(points: 1, fate: .tooLarge(metric: name(at: range.lowerBound)))]
        }
        let middle = range.lowerBound + range.count / 2
        waiting.append(middle..<range.upperBound)
        waiting.append(range.lowerBound..<middle)
        return []
    }

    /// Something in it is bad.
    ///
    /// - Parameter known: names of metrics that were found to be bad before: if it has such, it goes on
    ///   without them.
    mutating func refused(leavingOut known: Set<String> = []) -> [Decision] {
        if search != nil {
            budget -= 1
            search?.refused()
            return conclude()
        }
        guard let range = waiting.last else { return [] }
        let metrics = metrics(in: range)
        let bad = metrics.filter { known.contains(index.metrics[$0].name) }
        if !bad.isEmpty { return leaveOut(bad, of: range) }
        search = RefusalSearch(refused: metrics)
        budget = RefusalSearch.budget(metrics: metrics.count)
        return conclude()
    }

    /// The next part goes on as the parts between some of its metrics.
    private mutating func leaveOut(_ bad: [Int], of range: Range<Int>) -> [Decision] {
        waiting.removeLast()
        var rest: [Range<Int>] = []
        var start = range.lowerBound
        let decisions = bad.map { metric in
            let points = points(of: metric..<metric + 1, in: range)
            rest.append(start..<points.lowerBound)
            start = points.upperBound
            return Decision(
                points: points.count, fate: .rejected(metric: index.metrics[metric].name))
        }
        rest.append(start..<range.upperBound)
        waiting += rest.filter { !$0.isEmpty }.reversed()
        return decisions
    }

    /// Ends the search within the next part: what it has not decided is refused.
    mutating func giveUpSearch() -> [Decision] {
        guard let search, let range = waiting.popLast() else { return [] }
        let guilty = named(search.guilty, in: range)
        let rest = range.count - decidedOfPart - guilty.reduce(0) { $0 + $1.points }
        self.search = nil
        decidedOfPart = 0
        return guilty + (rest > 0 ? [Decision(points: rest, fate: .rejectedAll)] : [])
    }

    /// What a search that is over has decided.
    private mutating func conclude() -> [Decision] {
        guard let search, search.next == nil, let range = waiting.popLast() else { return [] }
        self.search = nil
        decidedOfPart = 0
        if search.blamesReceiver {
            return [Decision(points: range.count, fate: .rejectedAll)]
        }
        return named(search.guilty, in: range)
    }

    private func named(_ guilty: [Int], in range: Range<Int>) -> [Decision] {
        guilty.map { metric in
            Decision(
                points: points(of: metric..<metric + 1, in: range).count,
                fate: .rejected(metric: index.metrics[metric].name))
        }
    }

    // MARK: Metrics and their points

    /// The points of metrics, as far as they are in a part.
    private func points(of metrics: Range<Int>, in part: Range<Int>) -> Range<Int> {
        guard let first = metrics.first, let last = metrics.last else { return 0..<0 }
        let whole = index.metrics[first].points.lowerBound..<index.metrics[last].points.upperBound
        return whole.clamped(to: part)
    }

    private func metrics(in points: Range<Int>) -> Range<Int> {
        let touched = index.metrics.indices.filter { index.metrics[$0].points.overlaps(points) }
        guard let first = touched.first, let last = touched.last else { return 0..<0 }
        return first..<last + 1
    }

    private func name(at point: Int) -> String {
        index.metrics.first { $0.points.contains(point) }?.name ?? ""
    }
}
