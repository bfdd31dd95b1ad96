/// Memory of bodies that are no longer needed, for those that come: the system takes longer to give
/// out fresh memory than a body takes to be encoded.
struct BodyPool {
    /// Bytes that are kept at most.
    static let byteLimit = 4 << 20
    /// Smaller bodies are not worth keeping.
    private static let smallest = 64 << 10

    private var kept: [[UInt8]] = []
    /// Bytes that are kept.
    private(set) var keptBytes = 0

    /// A copy of `bytes`, in kept memory if there is enough of it.
    mutating func body(copying bytes: UnsafeRawBufferPointer) -> [UInt8] {
        guard bytes.count >= Self.smallest,
            let place = kept.lastIndex(where: { $0.capacity >= bytes.count })
        else { return Array(bytes) }
        var body = kept.remove(at: place)
        keptBytes -= body.capacity
        // If somebody else still holds the body, this makes a new one.
        body.removeAll(keepingCapacity: true)
        body.append(contentsOf: bytes.assumingMemoryBound(to: UInt8.self))
        return body
    }

    /// Takes the memory of a body that was delivered or given up.
    mutating func recycle(_ body: [UInt8]) {
        let capacity = body.capacity
        guard body.count >= Self.smallest, keptBytes + capacity <= Self.byteLimit else { return }
        kept.append(body)
        keptBytes += capacity
    }
}
