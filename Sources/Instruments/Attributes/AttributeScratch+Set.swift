/// A set made of what a call wrote, without a detour over `Attribute` values.
extension AttributeScratch {
    /// The attributes as a set: in the order of their keys, of equal keys the last one.
    var attributeSet: AttributeSet {
        var sorted = Places(repeating: 0)
        var kept = 0
        var offset = 0
        while offset < length {
            insert(offset, into: &sorted, &kept)
            offset &+= size(at: offset)
        }
        var total = 0
        for place in 0..<kept { total &+= size(at: sorted[place]) }
        let hash = total == length ? finalHash : nil
        let storage = AttributeStorage.make(length: total, hash: hash) { target in
            var end = target
            for place in 0..<kept {
                let size = size(at: sorted[place])
                end.copyMemory(from: base + sorted[place], byteCount: size)
                end += size
            }
        }
        return AttributeSet(storage: storage)
    }

    /// Where entries begin.
    private typealias Places = InlineArray<8, Int>

    private func insert(_ offset: Int, into sorted: inout Places, _ kept: inout Int) {
        var place = kept
        while place > 0 {
            let order = order(ofKeysAt: sorted[place &- 1], offset)
            if order == 0 {
                sorted[place &- 1] = offset
                return
            }
            if order < 0 { break }
            place &-= 1
        }
        var last = kept
        while last > place {
            sorted[last] = sorted[last &- 1]
            last &-= 1
        }
        sorted[place] = offset
        kept &+= 1
    }

    private func order(ofKeysAt left: Int, _ right: Int) -> Int {
        let (left, right) = (key(at: left), key(at: right))
        // Mostly the first bytes decide.
        if left.count >= 8, right.count >= 8 {
            let first = UInt64(bigEndian: left.loadUnaligned(as: UInt64.self))
            let second = UInt64(bigEndian: right.loadUnaligned(as: UInt64.self))
            if first != second { return first < second ? -1 : 1 }
        }
        return AttributeBytes.order(left, right)
    }

    private func key(at offset: Int) -> UnsafeRawBufferPointer {
        let header = (base + offset).loadUnaligned(as: UInt64.self)
        return UnsafeRawBufferPointer(
            start: base + (offset + AttributeBytes.headerSize),
            count: AttributeBytes.keyLength(header))
    }

    private func size(at offset: Int) -> Int {
        AttributeBytes.length((base + offset).loadUnaligned(as: UInt64.self))
    }
}
