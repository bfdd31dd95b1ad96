internal import RPPTelemetry

/// The node's durable state: what it promised (write-ahead log) and what was sealed (both).
final class ChainStorage {
    private let wal: RecordLog
    private let header: RecordLog

    /// - Parameters:
    ///   - metrics: told every attempt to flush.
    ///   - books: told what is durable.
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

    /// Before a precommit leaves the node, the promise must outlive a crash: a node that came
    /// back without it might vote for another block at the same height.
    func promise(_ vote: Vote) -> Bool {
        wal.append([0] + vote.encoded())
    }

    /// The sealed block goes to the log first, so that a header never points to nothing.
    func append(_ block: Block) -> Bool {
        guard wal.append([1] + block.encoded()) else { return false }
        return header.append(block.encodedHeader())
    }
}
