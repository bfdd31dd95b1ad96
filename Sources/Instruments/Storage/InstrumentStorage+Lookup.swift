/// Measurements whose attributes are passed with the call. Known sets are found and written without
/// a lock and without allocation. New and unusual ones take the general path.
extension InstrumentStorage {
    /// Records with a prepared set.
    @inline(__always)
    func record(
        _ value: Number, _ attributes: AttributeSet, isPlain: Bool, _ write: (UInt32) -> Void
    ) {
        if isPlain,
            lookup.write(
                attributes.attributeHash, { AttributeBytes.areEqual($0, attributes.bytes) }, write)
        {
            return
        }
        recordNew(value, attributes, isPlain: isPlain, write)
    }

    /// Records with attributes that were not found.
    @inline(never)
    private func recordNew(
        _ value: Number, _ attributes: AttributeSet, isPlain: Bool, _ write: (UInt32) -> Void
    ) {
        guard isPlain, let direct, direct.table === lookup,
            let series = lookup.series(attributes, isSought: true, make: direct.makeSeries)
        else { return record(value, attributes) }
        // No other series gets the cell while this one is held.
        defer { withExtendedLifetime(series) {} }
        write(series.cell.offset)
    }

    /// Records with the attributes that `fill` sets.
    @inline(__always)
    func record(
        _ value: Number, isPlain: Bool, _ fill: (inout AttributeWriter) -> Void,
        _ write: (UInt32) -> Void
    ) {
        withUnsafeTemporaryAllocation(byteCount: AttributeScratch.capacity, alignment: 8) {
            memory in
            guard let base = memory.baseAddress else { return }
            var writer = AttributeWriter(AttributeScratch(base, seed: hashSeed))
            fill(&writer)
            guard isPlain, let scratch = writer.lookup else {
                return record(value, writer.attributeSet)
            }
            if lookup.write(scratch.finalHash, { scratch.matches($0) }, write) { return }
            recordNew(value, scratch.attributeSet, isPlain: true, write)
        }
    }

    /// Records with up to four string attributes; pairs with an empty key are left out.
    @inline(__always)
    func record(
        _ value: Number, isPlain: Bool, _ pairs: StringPairs, _ write: (UInt32) -> Void
    ) {
        withUnsafeTemporaryAllocation(byteCount: AttributeScratch.capacity, alignment: 8) {
            memory in
            guard let base = memory.baseAddress else { return }
            var scratch = AttributeScratch(base, seed: hashSeed)
            guard pairs.append(to: &scratch) else { return record(value, pairs.attributeSet) }
            if isPlain, lookup.write(scratch.finalHash, { scratch.matches($0) }, write) { return }
            recordNew(value, scratch.attributeSet, isPlain: isPlain, write)
        }
    }
}
