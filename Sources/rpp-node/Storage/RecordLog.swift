internal import Glibc
internal import RPPTelemetry

/// A file of records that grows at its end. A record is durable once `append` returns true.
final class RecordLog {
    /// A longer file from an earlier run is refused instead of being read into memory; in bytes.
    static let maximumRecoveredBytes = 256 << 20

    private let kind: StorageFile
    private let file: OwnedDescriptor
    private let metrics: any StorageMetrics
    private let books: Books?
    private let calls: DiskCalls
    /// The end of the last durable record.
    private var length: Int

    init(
        _ kind: StorageFile, path: String, metrics: any StorageMetrics = NoopStorageMetrics(),
        books: Books? = nil, calls: DiskCalls = .real
    ) throws(SystemCallError) {
        let descriptor = open(path, O_RDWR | O_CREAT, 0o644)
        guard descriptor >= 0 else { throw SystemCallError("open \(path)") }
        self.kind = kind
        self.metrics = metrics
        self.books = books
        self.calls = calls
        file = OwnedDescriptor(descriptor)
        let contents = try Self.contents(of: file, path: path)
        length = StorageRecord.decode(contents).validBytes
        // A run that was killed may have left half a record, which would hide the records after it.
        if length < contents.count {
            guard ftruncate(file.value, off_t(length)) == 0 else {
                throw SystemCallError("ftruncate \(path)")
            }
        }
        lseek(file.value, off_t(length), SEEK_SET)
    }

    /// Appends a record and makes it durable. A failed attempt is repeated once. Every attempt is
    /// recorded in the metrics.
    func append(_ payload: [UInt8]) -> Bool {
        guard let record = StorageRecord.encode(payload) else { return false }
        if attempt(record, onSuccess: .success) { return true }
        rewind()
        if attempt(record, onSuccess: .retried) { return true }
        rewind()
        return false
    }

    private func attempt(_ record: [UInt8], onSuccess: FlushOutcome) -> Bool {
        let start = MonotonicInstant.now
        let isDurable = calls.write(file.value, record) && calls.synchronize(file.value)
        let outcome = isDurable ? onSuccess : .failed
        let duration = MonotonicInstant.now.since(start)
        switch kind {
        case .wal:
            metrics.recordWALFlush(outcome: outcome, duration: duration, bytes: record.count)
        case .header:
            metrics.recordHeaderFlush(outcome: outcome, duration: duration, bytes: record.count)
        }
        if isDurable {
            length += record.count
            books?.madeDurable(kind, bytes: record.count)
        }
        return isDurable
    }

    /// Cuts off the record after a failed attempt, so that it is written again. The kernel may mark
    /// the pages as clean after a failed fsync, so a second fsync alone would prove nothing.
    private func rewind() {
        _ = ftruncate(file.value, off_t(length))
        lseek(file.value, off_t(length), SEEK_SET)
    }

    private static func contents(
        of file: OwnedDescriptor, path: String
    ) throws(SystemCallError) -> [UInt8] {
        var contents: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(file.value, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw SystemCallError("read \(path)") }
            if count == 0 { return contents }
            contents += chunk[..<count]
            guard contents.count <= maximumRecoveredBytes else {
                throw SystemCallError("read \(path)", code: EFBIG)
            }
        }
    }
}
