internal import Glibc

/// Writes lines to a descriptor or to the end of a file. It does not wait for a reader beyond the
/// deadline.
struct LineOutput: ~Copyable {
    /// The bytes that a pipe accepts at once when it is ready, so that no write blocks.
    private static let chunk = 4096
    /// The longest wait before the deadline is checked again.
    private static let slice = Duration.milliseconds(20)

    private var descriptor: Int32
    private var file: LineFile?
    /// A regular file is always ready, and accepts a line of any length in one write. The lines of
    /// several writers therefore don't mix.
    private var isRegular = false
    /// Whether the last line was written only in part.
    private var isBroken = false

    /// - Parameter descriptor: remains the property of the caller.
    init(_ descriptor: Int32) {
        self.descriptor = descriptor
    }

    /// - Parameter path: the file that `open` opens.
    init(path: String) {
        descriptor = -1
        file = LineFile(path: path)
    }

    /// The reason why a line could not be written.
    struct Failure: Error, Equatable {
        let reason: String

        /// The error of the system call that has just failed.
        static var ofSystem: Failure { Failure(reason: String(cString: strerror(errno))) }
    }

    /// Prepares for writing lines. Opens the file if it is not open, or if another file is now at
    /// its path.
    mutating func open() throws(Failure) {
        if let opened = try file?.open() {
            descriptor = opened.descriptor
            isBroken = opened.endsInMidLine ?? isBroken
        }
        var status = stat()
        isRegular = fstat(descriptor, &status) == 0 && status.st_mode.isRegularFile
    }

    /// Writes a whole line and its line break.
    ///
    /// - Parameter deadline: called again while waiting, since the deadline may come closer.
    mutating func write(
        _ line: [UInt8], until deadline: () -> MonotonicTime
    ) throws(Failure) {
        let lineBreak = UInt8(ascii: "\n")
        let closing: [UInt8] = isBroken ? [lineBreak] : []
        var rest = (closing + line + [lineBreak])[...]
        while !rest.isEmpty {
            try waitUntilReady(deadline)
            let piece = isRegular ? rest : rest.prefix(Self.chunk)
            let written = piece.withUnsafeBytes {
                Glibc.write(descriptor, $0.baseAddress, $0.count)
            }
            if written > 0 {
                rest = rest.dropFirst(written)
                isBroken = !rest.isEmpty && rest.count <= line.count
            } else if written < 0, errno != EINTR, errno != EAGAIN {
                throw .ofSystem
            }
        }
    }

    private func waitUntilReady(_ deadline: () -> MonotonicTime) throws(Failure) {
        while true {
            var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
            // If there is an error, the next write reports it.
            if poll(&entry, 1, 0) != 0 { return }
            let left = deadline() - .now()
            if left <= .zero { throw Failure(reason: "nobody reads it in time") }
            let milliseconds = max(min(left, Self.slice).nanoseconds / 1_000_000, 1)
            _ = poll(&entry, 1, Int32(clamping: milliseconds))
        }
    }
}
