internal import Glibc

/// Writing to a connection that the peer has closed raises SIGPIPE, which by default ends the process;
/// the TLS library can't prevent it.
enum BrokenPipe {
    /// Runs `body` without the signal, on any thread. On those of the emitter it is always blocked.
    static func withoutSignal<Result>(_ body: () -> Result) -> Result {
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGPIPE)
        var before = sigset_t()
        pthread_sigmask(SIG_BLOCK, &signals, &before)
        if sigismember(&before, SIGPIPE) == 1 { return body() }
        let result = body()
        // The signal is the thread's own and waits; unblocked, it would strike now.
        var now = timespec()
        while sigtimedwait(&signals, nil, &now) == SIGPIPE {}
        pthread_sigmask(SIG_SETMASK, &before, nil)
        return result
    }
}
