/// The series of a closed set of attributes, in a table indexed by the set.
///
/// An index outside the table, which only a faulty `ClosedAttributes` can give, is counted and
/// dropped.
public final class ClosedSet: Sendable {
    let storage: InstrumentStorage
    /// Held so that the cells stay these series' own; the general path uses them too.
    private let targets: [BoundTarget]
    private let isExponential: Bool
    private let explicit: HistogramCell
    private let exponential: ExponentialHistogramCell
    /// The least amount that may be added: 0 for counters.
    private let leastAmount: Int
    // SAFETY: written before the set is published, read only afterwards, freed with the last
    // reference to it.
    nonisolated(unsafe) private let offsets: UnsafeMutableBufferPointer<UInt32>

    init<Attributes: ClosedAttributes>(_ storage: InstrumentStorage, _: Attributes.Type) {
        self.storage = storage
        let targets = Attributes.all.map { BoundTarget(storage, AttributeSet($0.attributes)) }
        self.targets = targets
        leastAmount = storage.descriptor.kind.takesNegative ? .min : 0
        let direct = storage.write
        isExponential = direct.isExponential
        explicit = direct.explicit
        exponential = direct.exponential
        offsets = .allocate(capacity: targets.count)
        _ = offsets.initialize(from: targets.map(\.offset))
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
        for (target, attributes) in zip(targets, Attributes.all) where isIncluded(attributes) {
            target.declareBaseline()
        }
    }

    private func offset(at index: Int) -> UInt32 {
        UInt(bitPattern: index) < UInt(bitPattern: offsets.count) ? offsets[index] : Cell.noOffset
    }

    /// The general path.
    private func record(_ value: Number, at index: Int) {
        guard targets.indices.contains(index) else { return storage.drop() }
        targets[index].record(value)
    }
}
