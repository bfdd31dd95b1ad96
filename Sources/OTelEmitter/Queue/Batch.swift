/// One encoded request on its way to the collector; owned by exactly one place at a time.
package struct Batch: Sendable, Equatable {
    /// Number of the collection that it came from; batches of one collection share it.
    let collection: UInt64
    /// Data points in the body.
    let points: Int
    /// The request's body, compressed if `isCompressed`.
    let body: [UInt8]
    let isCompressed: Bool
    /// The form of the body.
    var form = WireForm.json
    /// When it was collected, in nanoseconds since 1970; 0: not told.
    var collectedAt: UInt64 = 0

    /// Bytes that a compressed body may grow to.
    private static let plainByteLimit = 64 << 20

    /// The body without its compression; nil if it is damaged.
    var plainBody: [UInt8]? {
        isCompressed ? try? Gunzip.decompress(body, limit: Self.plainByteLimit) : body
    }
}
