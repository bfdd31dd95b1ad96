internal import RPPTelemetry

/// The node's durable state: its promises, in the write-ahead log, and the sealed blocks, in both
/// files.
final class ChainStorage {
    private let wal: RecordLog
    private let header: RecordLog

    /// - Parameters:
    ///   - metrics: records every attempt to flush.
    ///   - books: record what has become durable.
    init(
        directory: String, metrics: any StorageMetrics = NoopStorageMetrics(), books: Books? = nil,
        calls: DiskCalls = .real
    ) throws(SystemCallError) {
        wal = try RecordLog(
            .wal, path: directory + "/" + StorageFile.wal.rawValue, metrics: metrics, books: books,
            calls: calls)
        header = try RecordLog(
            .header, path: directory + "/" + StorageFile.header.rawValue, metrics: metrics,
            books: books, calls: calls)
    }

    /// Writes a promise, which has to survive a crash before the precommit leaves the node. A node
    /// that restarted without it might vote for another block at the same height.
    func promise(_ vote: Vote) -> Bool {
        wal.append([0] + vote.encoded())
    }

    /// Writes a sealed block. It goes to the log first, so that every header has its block.
    func append(_ block: Block) -> Bool {
        guard wal.append([1] + block.encoded()) else { return false }
        return header.append(block.encodedHeader())
    }
}
