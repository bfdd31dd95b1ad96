import Glibc
import Synchronization

/// How late this machine wakes its threads: a thread that does nothing but wait tells.
final class Lateness: Sendable {
    /// Milliseconds that it waits each time.
    private static let wait: Int32 = 5

    private let worst = Mutex(0.0)
    private let stop = Loopback.pipe()
    private let thread = Mutex<pthread_t?>(nil)

    /// Begins to watch.
    init() {
        let started = Threads.start { [self] in
            var due = Process.seconds + Double(Self.wait) / 1000
            while Loopback.readable(stop.read, within: Self.wait).isEmpty {
                let late = Process.seconds - due
                worst.withLock { $0 = max($0, late) }
                due = Process.seconds + Double(Self.wait) / 1000
            }
        }
        thread.withLock { $0 = started }
    }

    deinit {
        close(stop.read)
        close(stop.write)
    }

    /// Ends the watch; the latest that the thread was woken, in seconds.
    func end() -> Double {
        Loopback.signal(stop.write)
        thread.withLock(\.self).map(Threads.join)
        return worst.withLock(\.self)
    }
}
