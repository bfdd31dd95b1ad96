import Glibc

/// Threads of the system's own, so that no pool decides where work runs.
enum Threads {
    private final class Body: Sendable {
        let run: @Sendable () -> Void

        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    /// Runs `body` on `count` new threads at once and returns when all have ended.
    static func run(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
        let threads = (0..<count).map { index in start { body(index) } }
        threads.forEach(join)
    }

    /// Returns when the thread has ended.
    static func join(_ thread: pthread_t) { pthread_join(thread, nil) }

    /// Runs `body` on a new thread, which somebody has to join.
    static func start(_ body: @escaping @Sendable () -> Void) -> pthread_t {
        var thread = pthread_t()
        let reference = Unmanaged.passRetained(Body(body)).toOpaque()
        let status = pthread_create(&thread, nil, runBody, reference)
        if status != 0 { Output.complain("endurance: pthread_create says \(status)", status: 1) }
        return thread
    }

    private nonisolated static let runBody:
        @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { argument in
            if let argument {
                Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run()
            }
            return nil
        }
}
