/// A set made of what a call wrote, without a detour over `Attribute` values.
extension AttributeScratch {
    /// The attributes as a set: in the order of their keys, of equal keys the last one.
    var attributeSet: AttributeSet {
        var sorted = SIMD8<UInt16>()
        var kept = 0
        var offset = 0
        while offset < length {
            insert(offset, into: &sorted, &kept)
            offset &+= size(at: offset)
        }
        var total = 0
        for place in 0..<kept { total &+= size(at: Int(sorted[place])) }
        let hash = total == length ? finalHash : nil
        let storage = AttributeStorage.make(length: total, hash: hash) { target in
            var end = target
            for place in 0..<kept {
                let size = size(at: Int(sorted[place]))
                end.copyMemory(from: base + Int(sorted[place]), byteCount: size)
                end += size
            }
        }
        return AttributeSet(storage: storage)
    }

    private func insert(_ offset: Int, into sorted: inout SIMD8<UInt16>, _ kept: inout Int) {
        var place = kept
        while place > 0 {
            let order = order(ofKeysAt: Int(sorted[place &- 1]), offset)
            if order == 0 {
                sorted[place &- 1] = UInt16(truncatingIfNeeded: offset)
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
        sorted[place] = UInt16(truncatingIfNeeded: offset)
        kept &+= 1
    }

    private func order(ofKeysAt left: Int, _ right: Int) -> Int {
        AttributeBytes.order(key(at: left), key(at: right))
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
