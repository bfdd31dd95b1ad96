internal import Glibc

/// Writes lines to a descriptor or to the end of a file, without waiting beyond a deadline for
/// whoever reads them.
struct LineOutput: ~Copyable {
    /// What a pipe that is ready takes at once, so that no write blocks.
    private static let chunk = 4096
    /// How long one wait lasts at most before the deadline is looked at again.
    private static let slice = Duration.milliseconds(20)

    private var descriptor: Int32
    private var file: LineFile?
    /// A file takes lines of any length at once, and whole, so that those of several writers do not
    /// mix; it is always ready.
    private var isRegular = false
    /// Whether the last line stopped in the middle.
    private var isBroken = false

    /// - Parameter descriptor: stays the caller's.
    init(_ descriptor: Int32) {
        self.descriptor = descriptor
    }

    /// - Parameter path: the file is opened by `open`.
    init(path: String) {
        descriptor = -1
        file = LineFile(path: path)
    }

    /// Why a line could not be written.
    struct Failure: Error, Equatable {
        let reason: String

        /// The reason of the last call of the system that failed.
        static var ofSystem: Failure { Failure(reason: String(cString: strerror(errno))) }
    }

    /// Makes ready for some lines: opens the file if it is not open, or no longer the one of its
    /// path.
    mutating func open() throws(Failure) {
        if let opened = try file?.open() {
            descriptor = opened.descriptor
            isBroken = opened.endsInMidLine ?? isBroken
        }
        var status = stat()
        isRegular = fstat(descriptor, &status) == 0 && status.st_mode.isRegularFile
    }

    /// Writes a line and its end, whole.
    ///
    /// - Parameter deadline: asked again while waiting, as it may come nearer.
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
            // An error is told by the write that follows.
            if poll(&entry, 1, 0) != 0 { return }
            let left = deadline() - .now()
            if left <= .zero { throw Failure(reason: "nobody reads it in time") }
            let milliseconds = max(min(left, Self.slice).nanoseconds / 1_000_000, 1)
            _ = poll(&entry, 1, Int32(clamping: milliseconds))
        }
    }
}
