/// The exemplars of one series.
///
/// Offering and reading are safe from any thread. The first measurement after a collection begins a
/// new sample, so reading takes nothing away.
final class ExemplarReservoir: Sendable {
    /// Exemplars that a series keeps at most; a larger reservoir is made this large.
    static let maximumSize = 512

    private let kind: ExemplarReservoirKind
    private let bounds: [Double]
    private let state: FirstTouchLock<State>

    fileprivate struct State {
        var slots: [Exemplar?]
        var offered = 0
        var collection: UInt64 = 0
        var random: UInt64
    }

    /// - Parameters:
    ///   - bounds: those of an explicit histogram, for a reservoir that is aligned to them.
    ///   - seed: of the sampling.
    init(_ kind: ExemplarReservoirKind, bounds: [Double], seed: UInt64) {
        self.kind = kind
        self.bounds = bounds
        let size =
            switch kind {
            case .fixedSize(let size): min(max(size, 1), Self.maximumSize)
            case .alignedToBuckets: bounds.count + 1
            }
        state = FirstTouchLock(State(slots: Array(repeating: nil, count: size), random: seed | 1))
    }

    /// - Parameter collection: how many collections there were; a new number begins a new sample.
    func offer(_ exemplar: Exemplar, _ value: Double, collection: UInt64) {
        state.withLock { state in
            if state.collection != collection {
                state.collection = collection
                state.offered = 0
                for slot in state.slots.indices { state.slots[slot] = nil }
            }
            switch kind {
            case .alignedToBuckets:
                state.slots[bounds.firstIndex { value <= $0 } ?? bounds.count] = exemplar
            case .fixedSize:
                state.sample(exemplar)
            }
        }
    }

    /// The exemplars, oldest first.
    func exemplars() -> [Exemplar] {
        state.withLock { $0.slots.compactMap { $0 } }.sorted { $0.time < $1.time }
    }
}

extension ExemplarReservoir.State {
    /// Reservoir sampling: each of n measurements is kept with probability size / n.
    fileprivate mutating func sample(_ exemplar: Exemplar) {
        offered += 1
        if offered <= slots.count {
            slots[offered - 1] = exemplar
            return
        }
        // Xorshift is plenty for choosing examples and needs no lock.
        random ^= random << 13
        random ^= random >> 7
        random ^= random << 17
        let place = Int(random % UInt64(offered))
        if place < slots.count { slots[place] = exemplar }
    }
}

/// What streams need to know to keep exemplars; streams without it pay nothing for them.
struct ExemplarPolicy: Sendable {
    let filter: ExemplarFilter
    /// The trace of the calling thread or task.
    let context: @Sendable () -> TraceContext?

    /// Whether a measurement made now may become an exemplar, and its trace.
    func admits() -> (isAdmitted: Bool, context: TraceContext?) {
        switch filter {
        case .alwaysOff: return (false, nil)
        case .alwaysOn: return (true, context())
        case .traceBased:
            let context = context()
            return (context?.isSampled ?? false, context)
        }
    }
}
