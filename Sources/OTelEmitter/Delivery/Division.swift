/// A batch that is sent in parts, since it was refused as a whole: what has become of which data
/// points, and what to send next. Pure.
struct Division {
    /// Requests in a row that may be refused as too large before the rest is given up. Halving
    /// alone takes one for each level; many giant data points side by side take more.
    static let oversizeLimit = 64

    private let index: RequestIndex
    /// Parts to send, the next one last.
    private var waiting: [Part]
    /// The search within the next part.
    private var search: RefusalSearch?
    /// Requests that searches may still take in this interval.
    private var budget: Int
    /// Pieces of the next part that were delivered in the course of the search.
    private var taken: Set<Int> = []
    private var hasDelivered = false
    /// Requests that were refused as too large since one was accepted.
    private var oversized = 0

    /// What is decided.
    enum Fate: Equatable {
        case delivered
        /// Refused: these points of this metric.
        case rejected(metric: String)
        /// Refused whole, since the receiver accepts no part.
        case rejectedAll
        /// Refused with a bad metric that was not found in time.
        case unsearched
        case tooLarge(metric: String)
        /// Too large, since the receiver takes not even little.
        case tooLargeAll
    }

    struct Decision: Equatable {
        let points: Int
        let fate: Fate
    }

    /// Nil if the body is no request that can be divided.
    ///
    /// - Parameter points: data points that it is said to hold. With another number no account of
    ///   its parts would be true.
    init?(_ body: [UInt8], _ form: WireForm, points: Int) {
        guard let index = form.index(of: body), index.pointCount == points else { return nil }
        self.index = index
        let pieces = index.metrics.enumerated().map {
            Part.Piece(metric: $0.offset, points: $0.element.points)
        }
        waiting = [Part(pieces)]
        budget = RefusalSearch.budget(metrics: pieces.count)
    }

    /// Whether everything is decided.
    var isOver: Bool { waiting.isEmpty }

    /// Data points of which nothing is decided.
    var undecidedPoints: Int {
        waiting.dropLast().reduce(waiting.last?.without(taken).count ?? 0) { $0 + $1.count }
    }

    /// Whether the search has to wait for the next interval.
    var isExhausted: Bool { search != nil && budget <= 0 }

    /// Searches may take as many requests again.
    mutating func refillBudget() {
        budget = RefusalSearch.budget(metrics: index.metrics.count)
    }

    /// The request to send next.
    var body: [UInt8]? { request.map { index.request(points: $0.ranges) } }

    /// What the request to send next is made of.
    private var request: Part? {
        guard let part = waiting.last else { return nil }
        return search?.next.map { Part(part.pieces[$0]) } ?? part
    }

    // MARK: What became of the request

    mutating func delivered() -> [Decision] {
        guard let request else { return [] }
        hasDelivered = true
        oversized = 0
        let decision = Decision(points: request.count, fate: .delivered)
        guard let tried = search?.next else {
            waiting.removeLast()
            return [decision]
        }
        budget -= 1
        taken.formUnion(tried)
        search?.accepted()
        return [decision] + conclude()
    }

    /// It is too large for the receiver.
    ///
    /// - Parameter bytes: how large it is.
    mutating func tooLarge(bytes: Int) -> [Decision] {
        // The part is smaller than one that was not too large: the receiver contradicts itself.
        if search != nil { return refused() }
        guard let part = waiting.last else { return [] }
        oversized += 1
        // What is little from the start is halved once all the same.
        let takesNothing =
            bytes <= BatchLimits.smallestLearnedBytes && part.count > 1 && oversized > 1
            && !hasDelivered
        if takesNothing || oversized > Self.oversizeLimit {
            defer { waiting = [] }
            return [Decision(points: undecidedPoints, fate: .tooLargeAll)]
        }
        waiting.removeLast()
        guard part.count > 1 else {
            return part.pieces.map { Decision(points: 1, fate: .tooLarge(metric: name($0))) }
        }
        waiting += [part.halves.right, part.halves.left]
        return []
    }

    /// Something in it is bad.
    ///
    /// - Parameters:
    ///   - known: names of metrics that were found to be bad before: if it has such, the rest goes
    ///     on without them, in one request.
    ///   - turns: where a search looks first.
    mutating func refused(
        leavingOut known: Set<String> = [], turns: UInt64 = 0
    ) -> [Decision] {
        if search != nil {
            budget -= 1
            search?.refused()
            return conclude()
        }
        guard let part = waiting.last else { return [] }
        let bad = part.pieces.indices.filter { known.contains(name(part.pieces[$0])) }
        if !bad.isEmpty {
            waiting.removeLast()
            let rest = part.without(Set(bad))
            if rest.count > 0 { waiting.append(rest) }
            return rejected(bad, of: part)
        }
        search = RefusalSearch(refused: part.pieces.indices, turns: turns)
        return conclude()
    }

    // MARK: The search

    /// Ends the search within the next part: what it has not decided is refused. Another interval
    /// begins, in which further parts may be searched.
    mutating func giveUpSearch() -> [Decision] {
        refillBudget()
        guard let search, let part = waiting.popLast() else { return [] }
        let rest = part.without(taken.union(search.guilty)).count
        forgetSearch()
        let decisions = rejected(search.guilty, of: part)
        return decisions + (rest > 0 ? [Decision(points: rest, fate: .unsearched)] : [])
    }

    /// Another receiver gets what is not decided: what was refused so far says nothing of it.
    ///
    /// - Returns: names of the metrics that were found to be bad.
    mutating func leaveSearch() -> [String] {
        guard let search, let part = waiting.popLast() else { return [] }
        waiting.append(part.without(taken))
        forgetSearch()
        return search.guilty.map { name(part.pieces[$0]) }
    }

    /// What a search that is over has decided.
    private mutating func conclude() -> [Decision] {
        guard let search, search.next == nil, let part = waiting.popLast() else { return [] }
        forgetSearch()
        return search.blamesReceiver
            ? [Decision(points: part.count, fate: .rejectedAll)] : rejected(search.guilty, of: part)
    }

    private mutating func forgetSearch() {
        search = nil
        taken = []
    }

    /// - Parameter positions: of pieces of the part.
    private func rejected(_ positions: [Int], of part: Part) -> [Decision] {
        positions.map { position in
            let piece = part.pieces[position]
            return Decision(points: piece.points.count, fate: .rejected(metric: name(piece)))
        }
    }

    private func name(_ piece: Part.Piece) -> String { index.metrics[piece.metric].name }
}
