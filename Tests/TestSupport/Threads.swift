package import Glibc
import Synchronization

/// Threads of the system's own, outside Swift's concurrency pool.
package enum Threads {
    /// Runs `body` on `count` new threads at once and returns when all have ended.
    package static func run(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
        let threads = (0..<count).map { index in start { body(index) } }
        threads.forEach(join)
    }

    /// Starts a thread that has to be joined.
    package static func start(_ body: @escaping @Sendable () -> Void) -> pthread_t {
        var thread = pthread_t()
        // SAFETY: the thread takes the reference over.
        let reference = Unmanaged.passRetained(Body(body)).toOpaque()
        let status = pthread_create(&thread, nil, runBody, reference)
        precondition(status == 0, "pthread_create says \(status)")
        return thread
    }

    package static func join(_ thread: pthread_t) {
        pthread_join(thread, nil)
    }

    /// Where /proc shows the calling thread while it lives.
    package static var currentPath: String {
        var buffer = [CChar](repeating: 0, count: 128)
        let length = readlink("/proc/thread-self", &buffer, buffer.count)
        let name = buffer.prefix(max(length, 0)).map { UInt8(bitPattern: $0) }
        return "/proc/" + String(decoding: name, as: UTF8.self)
    }

    package static var cores: Int { Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

    fileprivate final class Body: Sendable {
        let run: @Sendable () -> Void

        init(_ run: @escaping @Sendable () -> Void) {
            self.run = run
        }
    }
}

/// Where threads wait for each other: nobody passes before all have come.
package final class StartLine: Sendable {
    private let missing: Atomic<Int>

    package init(_ count: Int) {
        missing = Atomic(count)
    }

    package func wait() {
        missing.wrappingSubtract(1, ordering: .acquiringAndReleasing)
        while missing.load(ordering: .acquiring) > 0 {
            sched_yield()
        }
    }
}

private func runBody(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    if let argument {
        // SAFETY: the reference that `start` handed over.
        Unmanaged<Threads.Body>.fromOpaque(argument).takeRetainedValue().run()
    }
    return nil
}
