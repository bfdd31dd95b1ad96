/// What the built-in reservoirs have in common: the first offer after a collection begins a new
/// sample, so collecting takes nothing away.
private struct Slots: Sendable {
    var kept: [Exemplar?]
    private var isCollected = false

    init(count: Int) {
        kept = Array(repeating: nil, count: count)
    }

    /// True if a new sample begins.
    mutating func begin() -> Bool {
        guard isCollected else { return false }
        isCollected = false
        for slot in kept.indices { kept[slot] = nil }
        return true
    }

    mutating func collect() -> [Exemplar] {
        isCollected = true
        return kept.compactMap { $0 }
    }
}

/// A uniform sample of a fixed size (checklist A10.5).
final class FixedSizeReservoir: ExemplarReservoir {
    private let sample: FirstTouchLock<Sample>

    private struct Sample {
        var slots: Slots
        var offered = 0
        var random: UInt64
    }

    /// - Parameters:
    ///   - size: held in 1 to 512.
    ///   - seed: of the sampling.
    init(size: Int, seed: UInt64) {
        let size = min(max(size, 1), SeriesExemplars.maximumCount)
        // Zero would stay zero.
        sample = FirstTouchLock(Sample(slots: Slots(count: size), random: seed | 1))
    }

    func offer(
        _ value: Number, _ attributes: AttributeSet, _ context: TraceContext?, time: UInt64
    ) {
        let exemplar = Exemplar(
            value: value, time: time, filteredAttributes: attributes, context: context)
        sample.withLock { sample in
            if sample.slots.begin() { sample.offered = 0 }
            sample.offered += 1
            if sample.offered <= sample.slots.kept.count {
                sample.slots.kept[sample.offered - 1] = exemplar
                return
            }
            // Each of n measurements is kept with probability size / n. Xorshift is plenty for
            // choosing examples and needs no lock of its own.
            sample.random ^= sample.random << 13
            sample.random ^= sample.random >> 7
            sample.random ^= sample.random << 17
            let place = Int(sample.random % UInt64(sample.offered))
            if place < sample.slots.kept.count { sample.slots.kept[place] = exemplar }
        }
    }

    func collect() -> [Exemplar] { sample.withLock { $0.slots.collect() } }
}

/// The last measurement in each bucket of an explicit histogram (checklist A10.5).
final class AlignedReservoir: ExemplarReservoir {
    private let bounds: [Double]
    private let slots: FirstTouchLock<Slots>

    init(bounds: [Double]) {
        self.bounds = bounds
        slots = FirstTouchLock(Slots(count: bounds.count + 1))
    }

    func offer(
        _ value: Number, _ attributes: AttributeSet, _ context: TraceContext?, time: UInt64
    ) {
        let place = bounds.firstIndex { value.asDouble <= $0 } ?? bounds.count
        let exemplar = Exemplar(
            value: value, time: time, filteredAttributes: attributes, context: context)
        slots.withLock { slots in
            _ = slots.begin()
            slots.kept[place] = exemplar
        }
    }

    func collect() -> [Exemplar] { slots.withLock { $0.collect() } }
}
