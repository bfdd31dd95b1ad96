/// The hash of attribute sets: seeded at random in each process, so that nobody can prepare sets
/// that collide, and the same for all orders of the same attributes.
struct AttributeHash {
    private(set) var value: UInt64

    /// The process's seed. Reading it costs a check; the hot path keeps a copy.
    static let seed = UInt64.random(in: .min ... .max)

    private static let first: UInt64 = 0xA076_1D64_78BD_642F
    private static let second: UInt64 = 0xE703_7ED1_A0B4_28DB

    init(seed: UInt64) {
        value = seed
    }

    /// Adds an entry in the form of `AttributeBytes`.
    mutating func combine(_ entry: UnsafeRawPointer, _ length: Int) {
        value &+= Self.hash(entry, length)
    }

    /// The hash of all entries of a run.
    static func of(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
        var hash = AttributeHash(seed: seed)
        guard let base = bytes.baseAddress else { return hash.final }
        var offset = 0
        while offset &+ AttributeBytes.headerSize <= bytes.count {
            let header = (base + offset).loadUnaligned(as: UInt64.self)
            let length = AttributeBytes.length(header)
            hash.combine(base + offset, length)
            offset &+= length
        }
        return hash.final
    }

    var final: UInt64 { Self.mix(value ^ Self.first, Self.second) }

    /// An entry is at least eight bytes long, so its ends can always be read whole.
    private static func hash(_ entry: UnsafeRawPointer, _ length: Int) -> UInt64 {
        var hash = UInt64(truncatingIfNeeded: length) ^ first
        var offset = 0
        while offset &+ 16 <= length {
            let left = (entry + offset).loadUnaligned(as: UInt64.self)
            let right = (entry + (offset &+ 8)).loadUnaligned(as: UInt64.self)
            hash = mix(left ^ second, right ^ hash)
            offset &+= 16
        }
        if offset &+ 8 < length {
            let left = (entry + offset).loadUnaligned(as: UInt64.self)
            hash = mix(left ^ first, hash ^ second)
        }
        let end = (entry + (length &- 8)).loadUnaligned(as: UInt64.self)
        return mix(end ^ first, hash)
    }

    private static func mix(_ left: UInt64, _ right: UInt64) -> UInt64 {
        let product = left.multipliedFullWidth(by: right)
        return product.high ^ product.low
    }
}
