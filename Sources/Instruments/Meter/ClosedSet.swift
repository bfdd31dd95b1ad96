/// The series of a closed set of attributes, in a table indexed by the set.
///
/// Each set is at its own index. An index that the table does not have, and one that several sets
/// have, can come from a faulty `ClosedAttributes` only: what is measured there is dropped and
/// counted rather than put down to another set, and the fault is reported when the instrument is
/// made.
public final class ClosedSet: Sendable {
    let storage: InstrumentStorage
    /// Indices at which a set can stand: the table costs eight bytes for each up to the largest.
    static let indices = 0..<65_536

    /// Held so that the cells stay these series' own; the general path uses them too.
    private let targets: [BoundTarget]
    /// Where in `targets` the set of an index is; negative where there is none.
    private let places: [Int32]
    private let isExponential: Bool
    private let explicit: HistogramCell
    private let exponential: ExponentialHistogramCell
    /// The least amount that may be added: 0 for counters.
    private let leastAmount: Int
    // SAFETY: written before the set is published, read only afterwards, freed with the last
    // reference to it.
    nonisolated(unsafe) private let offsets: UnsafeMutableBufferPointer<UInt32>

    /// - Parameter report: told of a faulty type.
    init<Attributes: ClosedAttributes>(
        _ storage: InstrumentStorage, _: Attributes.Type,
        report: (InstrumentsDiagnostic) -> Void = { _ in }
    ) {
        self.storage = storage
        let all = Attributes.all
        let layout = ClosedLayout(all.map(\.index), within: Self.indices)
        if let fault = layout.fault {
            report(.invalidClosedAttributes("\(Attributes.self)", fault))
        }
        let targets = layout.placed.map {
            BoundTarget(storage, AttributeSet(all[$0].attributes))
        }
        self.targets = targets
        places = layout.places
        leastAmount = storage.descriptor.kind.takesNegative ? .min : 0
        let direct = storage.write
        isExponential = direct.isExponential
        explicit = direct.explicit
        exponential = direct.exponential
        offsets = .allocate(capacity: layout.places.count)
        _ = offsets.initialize(
            from: layout.places.map { $0 < 0 ? Cell.noOffset : targets[Int($0)].offset })
    }

    deinit {
        offsets.deallocate()
    }

    @usableFromInline
    func add(_ amount: Int, at index: Int) {
        let offset = offset(at: index)
        guard amount >= leastAmount, offset != Cell.noOffset else {
            return record(.int(Int64(amount)), at: index)
        }
        SumCell.add(Int64(amount), at: offset)
    }

    @usableFromInline
    func add(_ amount: Double, at index: Int) {
        let offset = offset(at: index)
        guard amount >= Double(leastAmount), amount.isFinite, offset != Cell.noOffset else {
            return record(.double(amount), at: index)
        }
        SumCell.add(amount, at: offset)
    }

    @usableFromInline
    func record(_ value: Int, at index: Int) {
        let offset = offset(at: index)
        guard value >= 0, offset != Cell.noOffset else {
            return record(.int(Int64(value)), at: index)
        }
        write(Double(value), at: offset)
    }

    @usableFromInline
    func record(_ value: Double, at index: Int) {
        let offset = offset(at: index)
        guard value >= 0, value.isFinite, offset != Cell.noOffset else {
            return record(.double(value), at: index)
        }
        write(value, at: offset)
    }

    private func write(_ value: Double, at offset: UInt32) {
        if isExponential {
            exponential.record(value, at: offset)
        } else {
            explicit.record(value, at: offset)
        }
    }

    @usableFromInline
    func recordLevel(_ value: Int, at index: Int) {
        let offset = offset(at: index)
        guard offset != Cell.noOffset else { return record(.int(Int64(value)), at: index) }
        GaugeCell.record(UInt64(bitPattern: Int64(value)), at: offset)
    }

    @usableFromInline
    func recordLevel(_ value: Double, at index: Int) {
        let offset = offset(at: index)
        guard offset != Cell.noOffset else { return record(.double(value), at: index) }
        GaugeCell.record(value.bitPattern, at: offset)
    }

    /// The sets are asked for anew; a faulty type may have fewer or more of them by now.
    func declareZero<Attributes: ClosedAttributes>(where isIncluded: (Attributes) -> Bool) {
        for attributes in Attributes.all where isIncluded(attributes) {
            target(at: attributes.index)?.declareBaseline()
        }
    }

    private func offset(at index: Int) -> UInt32 {
        UInt(bitPattern: index) < UInt(bitPattern: offsets.count) ? offsets[index] : Cell.noOffset
    }

    /// The general path.
    private func record(_ value: Number, at index: Int) {
        guard let target = target(at: index) else { return storage.drop() }
        target.record(value)
    }

    private func target(at index: Int) -> BoundTarget? {
        guard places.indices.contains(index), places[index] >= 0 else { return nil }
        return targets[Int(places[index])]
    }
}
