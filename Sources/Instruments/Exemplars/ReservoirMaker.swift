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
