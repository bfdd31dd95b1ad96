internal import Glibc

/// Writes lines to a descriptor, without waiting beyond a deadline for whoever reads them.
struct ConsoleOutput: ~Copyable {
    /// What a pipe that is ready takes at once, so that no write blocks.
    private static let chunk = 4096
    /// How long one wait lasts at most before the deadline is looked at again.
    private static let slice = Duration.milliseconds(20)

    private let descriptor: Int32
    /// Whether the last line stopped in the middle.
    private var isBroken = false

    /// - Parameter descriptor: stays the caller's.
    init(_ descriptor: Int32) {
        self.descriptor = descriptor
    }

    /// Why a line could not be written.
    struct Failure: Error, Equatable {
        let reason: String
    }

    /// Writes a line and its end, whole.
    ///
    /// - Parameter deadline: asked again while waiting, as it may come nearer.
    mutating func write(_ line: String, until deadline: () -> MonotonicTime) throws(Failure) {
        var rest = Array(((isBroken ? "\n" : "") + line + "\n").utf8)[...]
        let length = rest.count
        while !rest.isEmpty {
            try waitUntilReady(deadline)
            let written = rest.prefix(Self.chunk).withUnsafeBytes {
                Glibc.write(descriptor, $0.baseAddress, $0.count)
            }
            if written > 0 {
                rest = rest.dropFirst(written)
                isBroken = !rest.isEmpty || (isBroken && rest.count == length)
            } else if written < 0, errno != EINTR, errno != EAGAIN {
                throw Failure(reason: String(cString: strerror(errno)))
            }
        }
    }

    private func waitUntilReady(_ deadline: () -> MonotonicTime) throws(Failure) {
        while true {
            var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
            // An error is told by the write that follows.
            if poll(&entry, 1, 0) != 0 { return }
            let left = deadline() - .now()
            if left <= .zero { throw Failure(reason: "nobody reads it in time") }
            let milliseconds = max(min(left, Self.slice).nanoseconds / 1_000_000, 1)
            _ = poll(&entry, 1, Int32(clamping: milliseconds))
        }
    }
}
