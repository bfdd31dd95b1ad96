extension AttributeSet {
    /// The order of sets in all output: by keys and values, the shorter set first.
    func precedes(_ other: AttributeSet) -> Bool {
        defer { withExtendedLifetime((self, other)) {} }
        return AttributeOrder.compare(bytes, other.bytes) < 0
    }
}

/// The order of attributes in the form of `AttributeBytes`: by key, then by kind of value, then by
/// value. Nothing is decoded: collections sort many sets.
enum AttributeOrder {
    /// Negative if the left run of entries comes first; 0 if they are equal.
    static func compare(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Int {
        var (left, right) = (left, right)
        while let first = Entry(left), let second = Entry(right) {
            let order = compare(first, second)
            if order != 0 { return order }
            left = UnsafeRawBufferPointer(rebasing: left[first.length...])
            right = UnsafeRawBufferPointer(rebasing: right[second.length...])
        }
        return left.count - right.count
    }

    /// One entry of a run, in place.
    private struct Entry {
        let key: UnsafeRawBufferPointer
        let kind: UInt32
        let value: UnsafeRawBufferPointer
        let length: Int

        /// Nil at the end of the run.
        init?(_ run: UnsafeRawBufferPointer) {
            guard run.count >= AttributeBytes.headerSize else { return nil }
            let header = run.loadUnaligned(as: UInt64.self)
            let keyEnd = AttributeBytes.headerSize + AttributeBytes.keyLength(header)
            length = AttributeBytes.length(header)
            guard length <= run.count else { return nil }
            key = UnsafeRawBufferPointer(rebasing: run[AttributeBytes.headerSize..<keyEnd])
            value = UnsafeRawBufferPointer(rebasing: run[keyEnd..<length])
            kind = UInt32(truncatingIfNeeded: header >> 60)
        }
    }

    private static func compare(_ left: Entry, _ right: Entry) -> Int {
        let order = AttributeBytes.order(left.key, right.key)
        if order != 0 { return order }
        if left.kind != right.kind { return Int(left.kind) - Int(right.kind) }
        switch AttributeBytes.Kind(rawValue: left.kind) {
        case .int where left.value.count == 8 && right.value.count == 8:
            let (first, second) = (
                left.value.loadUnaligned(as: Int64.self), right.value.loadUnaligned(as: Int64.self)
            )
            return first < second ? -1 : first == second ? 0 : 1
        case .double where left.value.count == 8 && right.value.count == 8:
            let (first, second) = (
                left.value.loadUnaligned(as: UInt64.self),
                right.value.loadUnaligned(as: UInt64.self)
            )
            if first == second { return 0 }
            let isFirst = Double(bitPattern: first).isTotallyOrdered(
                belowOrEqualTo: Double(bitPattern: second))
            return isFirst ? -1 : 1
        case .array, .map: return compare(left.value, right.value)
        default: return AttributeBytes.order(left.value, right.value)
        }
    }
}
