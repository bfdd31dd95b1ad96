internal import Glibc

/// The two system calls that can fail while flushing, replaceable so that tests can fail them.
struct DiskCalls: Sendable {
    /// Writes all bytes or answers false.
    var write: @Sendable (_ descriptor: Int32, _ bytes: [UInt8]) -> Bool
    /// Makes the file durable or answers false.
    var synchronize: @Sendable (_ descriptor: Int32) -> Bool

    static let real = DiskCalls(
        write: { FileBytes.write($1[...], to: $0) },
        synchronize: { fsync($0) == 0 })
}
