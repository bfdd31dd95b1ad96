import Glibc
import RPPTelemetry
import Synchronization
import Testing

@testable import rpp_node

struct RecordLogTests {
    /// A directory of its own for each test, which the test's end removes.
    private let directory: DataDirectory
    private let books = Books(telemetry: .unexported())

    init() throws {
        directory = try DataDirectory(named: nil)
    }

    private var path: String { directory.path + "/" + StorageFile.wal.rawValue }

    private func contents() throws -> [UInt8] {
        let file = OwnedDescriptor(open(path, O_RDONLY))
        var bytes = [UInt8](repeating: 0, count: 1 << 16)
        let count = read(file.value, &bytes, bytes.count)
        return Array(bytes[..<max(0, count)])
    }

    @Test func recordsAreReadableAfterTheWrite() throws {
        let payloads: [[UInt8]] = [[1, 2, 3], [], Array(repeating: 9, count: 5000)]
        do {
            let log = try RecordLog(.wal, path: path, books: books)
            for payload in payloads { #expect(log.append(payload)) }
        }
        let written = try contents()
        #expect(StorageRecord.decode(written).payloads == payloads)
        #expect(books.ledger.wal == Ledger.Flushes(fsyncs: 3, bytes: written.count))
        #expect(books.ledger.header == Ledger.Flushes())
    }

    @Test func damageEndsTheReadingAndATornTailIsCutOff() throws {
        do {
            let log = try RecordLog(.wal, path: path, books: books)
            for number in 0..<3 { #expect(log.append([UInt8(number), 7, 7])) }
        }
        var damaged = try contents()
        damaged[damaged.count - 1] ^= 1
        #expect(StorageRecord.decode(damaged).payloads == [[0, 7, 7], [1, 7, 7]])
        #expect(truncate(path, off_t(damaged.count - 2)) == 0)
        do {
            let log = try RecordLog(.wal, path: path, books: books)
            #expect(log.append([42]))
        }
        let payloads = StorageRecord.decode(try contents()).payloads
        #expect(payloads == [[0, 7, 7], [1, 7, 7], [42]])
    }

    @Test(arguments: [true, false])
    func oneFailureIsRetriedWithoutATrace(failsOnWrite: Bool) throws {
        let calls = failingCalls(times: 1, onWrite: failsOnWrite)
        let log = try RecordLog(.wal, path: path, books: books, calls: calls)
        #expect(log.append([5, 6]))
        #expect(StorageRecord.decode(try contents()).payloads == [[5, 6]])
        #expect(books.ledger.wal == Ledger.Flushes(fsyncs: 1, bytes: 10))
    }

    @Test(arguments: [true, false])
    func twoFailuresAreAFailureAndLeaveNoBytes(failsOnWrite: Bool) throws {
        let calls = failingCalls(times: 2, onWrite: failsOnWrite)
        let log = try RecordLog(.wal, path: path, books: books, calls: calls)
        #expect(!log.append([5, 6]))
        #expect(try contents().isEmpty)
        #expect(books.ledger.wal == Ledger.Flushes())
        #expect(log.append([7]))
        #expect(StorageRecord.decode(try contents()).payloads == [[7]])
    }

    @Test func tooLongARecordIsRefused() throws {
        let log = try RecordLog(.wal, path: path, books: books)
        #expect(!log.append([UInt8](repeating: 0, count: StorageRecord.maximumPayload + 1)))
        #expect(try contents().isEmpty)
    }

    /// Calls that fail so many times: a write half done, or a refused fsync.
    private func failingCalls(times: Int, onWrite: Bool) -> DiskCalls {
        let failures = FailureBudget(times)
        return DiskCalls(
            write: { descriptor, bytes in
                guard onWrite, failures.spend() else {
                    return DiskCalls.real.write(descriptor, bytes)
                }
                _ = DiskCalls.real.write(descriptor, Array(bytes.prefix(bytes.count / 2)))
                return false
            },
            synchronize: { descriptor in
                if !onWrite, failures.spend() { return false }
                return DiskCalls.real.synchronize(descriptor)
            })
    }
}

/// How many more calls are to fail.
final class FailureBudget: Sendable {
    private let remaining: Mutex<Int>

    init(_ count: Int) { remaining = Mutex(count) }

    func spend() -> Bool {
        remaining.withLock { left in
            guard left > 0 else { return false }
            left -= 1
            return true
        }
    }
}
