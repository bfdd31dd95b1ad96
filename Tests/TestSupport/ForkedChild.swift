internal import Glibc

/// A child of `fork` without `exec`, as hosts of prefork servers have them. For exit tests only:
/// the child has one thread and must not use what others may have held.
package enum ForkedChild {
    package enum Outcome: Hashable, Sendable {
        case succeeded
        case failed
        case killed(signal: Int32)
        case hung
    }

    /// Runs `body` in a child, which exits at once by its answer.
    package static func run(limit: Duration, _ body: () -> Bool) -> Outcome {
        // Swift hides fork, and rightly so, but C code of a host calls it.
        guard let symbol = dlsym(nil, "fork") else { return .failed }
        let fork = unsafeBitCast(symbol, to: (@convention(c) () -> pid_t).self)
        let child = fork()
        if child == 0 { _exit(body() ? 0 : 1) }
        guard child > 0 else { return .failed }
        let deadline = ContinuousClock.now + limit
        var status: Int32 = 0
        while waitpid(child, &status, WNOHANG) == 0 {
            if ContinuousClock.now > deadline {
                kill(child, SIGKILL)
                waitpid(child, &status, 0)
                return .hung
            }
            poll(nil, 0, 1)
        }
        let signal = status & 0x7F
        if signal != 0 { return .killed(signal: signal) }
        return status >> 8 == 0 ? .succeeded : .failed
    }
}
