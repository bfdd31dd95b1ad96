/// Keeps the memory of bodies that are no longer needed, for later bodies. The system takes longer
/// to provide fresh memory than it takes to encode a body.
struct BodyPool {
    /// The largest number of bytes that are kept.
    static let byteLimit = 4 << 20
    /// Bodies smaller than this are not worth keeping.
    private static let smallest = 64 << 10

    private var kept: [[UInt8]] = []
    /// The number of bytes that are kept.
    private(set) var keptBytes = 0

    /// A copy of `bytes`, in kept memory if there is a large enough piece.
    mutating func body(copying bytes: UnsafeRawBufferPointer) -> [UInt8] {
        guard bytes.count >= Self.smallest,
            let place = kept.lastIndex(where: { $0.capacity >= bytes.count })
        else { return Array(bytes) }
        var body = kept.remove(at: place)
        keptBytes -= body.capacity
        // If the body is still referenced elsewhere, this allocates a new one.
        body.removeAll(keepingCapacity: true)
        body.append(contentsOf: bytes.assumingMemoryBound(to: UInt8.self))
        return body
    }

    /// Takes over the memory of a body that was delivered or given up.
    mutating func recycle(_ body: [UInt8]) {
        let capacity = body.capacity
        guard body.count >= Self.smallest, keptBytes + capacity <= Self.byteLimit else { return }
        kept.append(body)
        keptBytes += capacity
    }
}
