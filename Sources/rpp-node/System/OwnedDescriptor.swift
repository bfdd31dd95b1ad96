internal import Glibc

/// A file descriptor that is closed when the last reference to this object goes away.
final class OwnedDescriptor: Sendable {
    let value: Int32

    init(_ value: Int32) {
        self.value = value
        // A child process of an embedding program must not inherit the node's sockets.
        _ = fcntl(value, F_SETFD, FD_CLOEXEC)
    }

    deinit {
        close(value)
    }

    func makeNonBlocking() throws(SystemCallError) {
        let flags = fcntl(value, F_GETFL)
        guard flags >= 0, fcntl(value, F_SETFL, flags | O_NONBLOCK) >= 0 else {
            throw SystemCallError("fcntl")
        }
    }

    /// Waits until one of `events` (flags of poll(2)) occurs or `timeout` has passed.
    func wait(for events: Int32, timeout: Duration) -> Bool {
        var entry = pollfd(fd: value, events: Int16(events), revents: 0)
        // An interrupted wait counts as a timeout, because every caller loops until a deadline of
        // its own.
        return poll(&entry, 1, timeout.pollMilliseconds) > 0
    }
}
