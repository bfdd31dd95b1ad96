/// The Fiat–Shamir transcript. Everything that is absorbed influences every later challenge.
struct Transcript {
    private var state: Digest

    /// Starts with the header and the public inputs, so that each of their bytes has an effect.
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

    /// The next challenge, a field element. The bias of its reduction, 2^-32, is far below the
    /// error of the protocol.
    mutating func challenge() -> Goldilocks {
        mix("challenge", [])
        return Goldilocks(state.number(0))
    }

    /// The next query positions below `bound`, which is a power of two.
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
