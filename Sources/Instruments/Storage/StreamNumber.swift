internal import Synchronization

/// Numbers of streams, by which their points are told apart.
enum StreamNumber {
    private static let latest = Atomic<UInt32>(0)

    static func next() -> UInt32 { latest.wrappingAdd(1, ordering: .relaxed).newValue }
}
