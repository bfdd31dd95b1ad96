internal import Glibc

/// The two system calls that a flush consists of. Tests replace them to make them fail.
struct DiskCalls: Sendable {
    /// Writes all bytes, or returns false.
    var write: @Sendable (_ descriptor: Int32, _ bytes: [UInt8]) -> Bool
    /// Makes the file durable, or returns false.
    var synchronize: @Sendable (_ descriptor: Int32) -> Bool

    static let real = DiskCalls(
        write: { FileBytes.write($1[...], to: $0) },
        synchronize: { fsync($0) == 0 })
}
