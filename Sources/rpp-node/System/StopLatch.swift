internal import Glibc
internal import Synchronization

/// A request to stop that is made once, and that any number of threads can read or wait for.
///
/// It is a pipe whose one byte is never read, so that every waiter's poll(2) sees it.
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
        // A pipe's first byte always fits, so the only failure is an interrupted call.
        while write(writing.value, [1] as [UInt8], 1) < 0, errno == EINTR {}
    }

    /// Waits for the request, at most until `deadline`; answers whether it was made.
    func wait(until deadline: MonotonicInstant) -> Bool {
        while !isRequested {
            let remaining = deadline.since(.now)
            guard remaining > .zero else { return false }
            _ = reading.wait(for: POLLIN, timeout: remaining)
        }
        return true
    }
}
