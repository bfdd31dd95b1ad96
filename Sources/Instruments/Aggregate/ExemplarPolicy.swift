/// What streams need to know to keep exemplars; streams without it pay nothing for them.
struct ExemplarPolicy: Sendable {
    let filter: ExemplarFilter
    private let hook: @Sendable () -> TraceContext?
    private let inside = ThreadsInside()

    /// - Parameter context: the trace of the calling thread or task; a hook of the host.
    init(filter: ExemplarFilter, context: @escaping @Sendable () -> TraceContext?) {
        self.filter = filter
        hook = context
    }

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

    /// What the hook measures itself has no trace.
    private func context() -> TraceContext? { inside.run(hook) ?? nil }
}

/// Makes the reservoirs of a stream's series: a view's, or what fits the aggregation (A10.5).
struct ReservoirMaker: Sendable {
    private let kind: ExemplarReservoirKind
    /// Those of an explicit histogram, for reservoirs that are aligned to them.
    private let bounds: [Double]

    init(_ kind: ExemplarReservoirKind?, for state: StreamState) {
        switch state {
        case .explicitBuckets(let cell, _):
            bounds = cell.bounds
            self.kind = kind ?? (bounds.isEmpty ? .fixedSize(1) : .alignedToBuckets)
        case .exponentialBuckets(let cell, _):
            bounds = []
            self.kind = kind ?? .fixedSize(min(20, cell.maximumSize))
        case .sum, .lastValue:
            bounds = []
            self.kind = kind ?? .fixedSize(1)
        }
    }

    /// Whether the reservoirs are the host's code.
    var isHosts: Bool {
        if case .custom = kind { true } else { false }
    }

    func make() -> any ExemplarReservoir {
        switch kind {
        case .fixedSize(let size):
            FixedSizeReservoir(size: size, seed: UInt64.random(in: .min ... .max))
        case .alignedToBuckets: AlignedReservoir(bounds: bounds)
        case .custom(let make): make()
        }
    }
}
