internal import Glibc
internal import Instruments

/// Ends the emitters' threads when the process exits without a shutdown, before the exit handlers of
/// the TLS library take away what a running transfer needs.
///
/// Exit handlers run in the reverse order of their registration, so this one is registered after
/// libcurl has initialised that library. The process is held up for `patience` at most.
enum ProcessExit {
    /// How long an exit waits for the threads.
    private static let patience = Duration.milliseconds(100)

    private static let running = Monitor<[ObjectIdentifier: ExportMailbox]>([:])

    /// The process that registered the handler; a forked child inherits it, and has no such threads.
    private static let process: pid_t = {
        atexit(endEmitters)
        return getpid()
    }()

    /// Runs the work of an emitter's thread, which `mailbox` can end.
    static func watching(_ mailbox: ExportMailbox, _ work: () -> Void) {
        _ = process
        running.change { $0[ObjectIdentifier(mailbox)] = mailbox }
        work()
        running.change { $0[ObjectIdentifier(mailbox)] = nil }
    }

    /// Asks all threads to end and waits for them.
    fileprivate static func end() {
        guard getpid() == process else { return }
        running.change { Array($0.values) }.forEach { $0.abandon() }
        let deadline = MonotonicTime.now() + patience
        let _: Void? = running.wait(until: deadline.nanoseconds) { $0.isEmpty ? () : nil }
    }
}

private func endEmitters() {
    ProcessExit.end()
}
