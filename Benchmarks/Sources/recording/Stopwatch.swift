import Glibc

/// Times a piece of work on one or several threads.
enum Stopwatch {
    /// Nanoseconds of wall time per operation over all threads, the median of several runs.
    ///
    /// - Parameter work: does `count` operations; called once on each thread.
    static func nanoseconds(
        threads: Int, count: Int, repetitions: Int = 5, _ work: @escaping @Sendable (Int) -> Void
    ) -> Double {
        let times = (0..<repetitions).map { _ in
            let start = now()
            if threads == 1 {
                work(count)
            } else {
                Threads.run(threads) { work(count) }
            }
            return Double(now() - start) / Double(count * threads)
        }
        return times.sorted()[repetitions / 2]
    }

    private static func now() -> Int {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return time.tv_sec * 1_000_000_000 + time.tv_nsec
    }
}

/// Plain threads, so that no pool decides where work runs.
enum Threads {
    private final class Body: Sendable {
        let run: @Sendable () -> Void

        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    /// Runs `work` on `count` threads at once and waits for all.
    static func run(_ count: Int, _ work: @escaping @Sendable () -> Void) {
        let threads = (0..<count).map { _ in start(work) }
        for thread in threads { pthread_join(thread, nil) }
    }

    /// Starts a thread that sleeps for ever: with a second thread alive, as in any program that
    /// exports, glibc does not leave out lock prefixes.
    static func keepOneIdle() {
        _ = start { while true { pause() } }
    }

    private static func start(_ work: @escaping @Sendable () -> Void) -> pthread_t {
        var thread = pthread_t()
        let body = Unmanaged.passRetained(Body(work)).toOpaque()
        pthread_create(&thread, nil, runBody, body)
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
