internal import Glibc
internal import Synchronization

/// A request to stop that is made once and that any number of threads can check or wait for.
///
/// It is a pipe with one byte that is never read, so that the poll(2) of every waiting thread sees
/// it.
final class StopLatch: Sendable {
    private let reading: OwnedDescriptor
    private let writing: OwnedDescriptor
    private let requested = Atomic<Bool>(false)

    init() throws(SystemCallError) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw SystemCallError("pipe") }
        reading = OwnedDescriptor(ends[0])
        writing = OwnedDescriptor(ends[1])
    }

    var isRequested: Bool {
        requested.load(ordering: .relaxed)
    }

    func request() {
        guard !requested.exchange(true, ordering: .relaxed) else { return }
        // The first byte always fits into the pipe, so the only possible failure is an interrupted
        // call.
        while write(writing.value, [1] as [UInt8], 1) < 0, errno == EINTR {}
    }

    /// Waits for the request, at most until `deadline`. Returns whether it was made.
    func wait(until deadline: MonotonicInstant) -> Bool {
        while !isRequested {
            let remaining = deadline.since(.now)
            guard remaining > .zero else { return false }
            _ = reading.wait(for: POLLIN, timeout: remaining)
        }
        return true
    }
}
