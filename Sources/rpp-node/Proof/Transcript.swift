/// The Fiat–Shamir transcript: everything that is absorbed decides every later challenge.
struct Transcript {
    private var state: Digest

    /// Starts with the header and the public inputs, so that no byte of them is without effect.
    init(header: [UInt8]) {
        state = SHA256.hash(Array("rpp-stark".utf8) + header)
    }

    mutating func absorb(_ digest: Digest) {
        mix("absorb", digest.bytes)
    }

    mutating func absorb(_ elements: [Goldilocks]) {
        var writer = ByteWriter()
        for element in elements { writer.write(element.value) }
        mix("absorb", writer.bytes)
    }

    /// A field element; the reduction's bias of 2^-32 is far below the protocol's own error.
    mutating func challenge() -> Goldilocks {
        mix("challenge", [])
        return Goldilocks(state.number(0))
    }

    /// Query positions below `bound`, which is a power of two.
    mutating func positions(_ count: Int, below bound: Int) -> [Int] {
        var positions: [Int] = []
        for _ in 0..<count {
            mix("position", [])
            positions.append(Int(state.number(0) & UInt64(bound - 1)))
        }
        return positions
    }

    private mutating func mix(_ label: String, _ bytes: [UInt8]) {
        state = SHA256.hash(state.bytes + Array(label.utf8) + bytes)
    }
}
