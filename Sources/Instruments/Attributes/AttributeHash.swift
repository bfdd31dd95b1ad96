/// The hash of attribute sets: keyed at random in each process, so that nobody can prepare sets
/// that collide, and the same for all orders of the same attributes.
///
/// An entry's hash is made of those of its key and of its value, so that a call can hash texts
/// where they are: what has just been copied is slow to read. Bytes are multiplied in pairs of
/// words. Both factors have a part of the seed in them: a factor that could be made zero would
/// erase the other.
struct AttributeHash {
    private(set) var value: UInt64
    let seed: Seed

    /// What nobody outside the process knows.
    struct Seed {
        let left: UInt64
        let right: UInt64
    }

    /// The process's seed. Reading it costs a check; the hot path keeps a copy.
    static let seed = Seed(
        left: UInt64.random(in: .min ... .max), right: UInt64.random(in: .min ... .max))

    init(seed: Seed) {
        self.seed = seed
        value = seed.left
    }

    /// Adds an entry of this header, by the hashes of its key and of its value.
    @inline(__always)
    mutating func combine(_ header: UInt64, key: UInt64, value: UInt64) {
        self.value &+= Self.mix(key ^ header ^ seed.left, value ^ seed.right)
    }

    /// The hash of all entries of a run.
    static func of(_ bytes: UnsafeRawBufferPointer, seed: Seed = seed) -> UInt64 {
        var hash = AttributeHash(seed: seed)
        guard let base = bytes.baseAddress else { return hash.final }
        var offset = 0
        while offset &+ AttributeBytes.headerSize <= bytes.count {
            let header = (base + offset).loadUnaligned(as: UInt64.self)
            let key = base + (offset &+ AttributeBytes.headerSize)
            let keyLength = AttributeBytes.keyLength(header)
            hash.combine(
                header, key: of(key, keyLength, seed),
                value: of(key + keyLength, AttributeBytes.valueLength(header), seed))
            offset &+= AttributeBytes.length(header)
        }
        return hash.final
    }

    var final: UInt64 { Self.mix(value ^ seed.right, 0xE703_7ED1_A0B4_28DB) }

    /// The hash of some bytes.
    static func of(_ source: UnsafeRawPointer, _ length: Int, _ seed: Seed) -> UInt64 {
        visit(source, length, seed) { _, _ in }
    }

    /// The hash of some bytes, which are copied on the way.
    @inline(__always)
    static func copying(
        _ source: UnsafeRawPointer, _ length: Int, to target: UnsafeMutableRawPointer, _ seed: Seed
    ) -> UInt64 {
        visit(source, length, seed) { word, offset in
            (target + offset).storeBytes(of: word, as: UInt64.self)
        } half: { word, offset in
            (target + offset).storeBytes(of: word, as: UInt32.self)
        } byte: { byte, offset in
            (target + offset).storeBytes(of: byte, as: UInt8.self)
        }
    }

    /// Hashes bytes in words, of which the last ones overlap; calls back with each and its offset.
    @inline(__always)
    private static func visit(
        _ source: UnsafeRawPointer, _ length: Int, _ seed: Seed, _ word: (UInt64, Int) -> Void,
        half: (UInt32, Int) -> Void = { _, _ in }, byte: (UInt8, Int) -> Void = { _, _ in }
    ) -> UInt64 {
        var hash = seed.right ^ UInt64(truncatingIfNeeded: length)
        func load(_ offset: Int) -> UInt64 {
            let loaded = (source + offset).loadUnaligned(as: UInt64.self)
            word(loaded, offset)
            return loaded
        }
        if length >= 16 {
            var offset = 0
            while offset &+ 16 < length {
                hash = mix(load(offset) ^ seed.left, load(offset &+ 8) ^ hash)
                offset &+= 16
            }
            return mix(load(length &- 16) ^ seed.left, load(length &- 8) ^ hash)
        }
        if length >= 8 { return mix(load(0) ^ seed.left, load(length &- 8) ^ hash) }
        if length >= 4 {
            let left = source.loadUnaligned(as: UInt32.self)
            let right = (source + (length &- 4)).loadUnaligned(as: UInt32.self)
            half(left, 0)
            half(right, length &- 4)
            return mix(UInt64(left) << 32 ^ UInt64(right) ^ seed.left, hash)
        }
        var bits: UInt64 = 0
        var offset = 0
        while offset < length {
            let loaded = (source + offset).load(as: UInt8.self)
            byte(loaded, offset)
            bits = bits << 8 | UInt64(loaded)
            offset &+= 1
        }
        return mix(bits ^ seed.left, hash)
    }

    @inline(__always)
    private static func mix(_ left: UInt64, _ right: UInt64) -> UInt64 {
        let product = left.multipliedFullWidth(by: right)
        return product.high ^ product.low
    }
}
