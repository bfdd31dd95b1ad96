internal import Glibc

/// Threads of the library: detached, with all signals blocked, so that the host's handlers never
/// run on them.
package enum DetachedThread {
    fileprivate final class Body: Sendable {
        let run: @Sendable () -> Void

        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    /// Starts `body` on a new thread. False if the system refuses one.
    package static func start(_ body: @escaping @Sendable () -> Void) -> Bool {
        var attributes = pthread_attr_t()
        guard pthread_attr_init(&attributes) == 0 else { return false }
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        var all = sigset_t()
        var before = sigset_t()
        sigfillset(&all)
        pthread_sigmask(SIG_SETMASK, &all, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        // SAFETY: the thread takes the reference over; if it is not made, it is released here.
        let reference = Unmanaged.passRetained(Body(body))
        var thread = pthread_t()
        let status = pthread_create(&thread, &attributes, runDetached, reference.toOpaque())
        if status != 0 { reference.release() }
        return status == 0
    }
}

private func runDetached(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    if let argument {
        // SAFETY: the reference that `start` handed over.
        Unmanaged<DetachedThread.Body>.fromOpaque(argument).takeRetainedValue().run()
    }
    return nil
}
