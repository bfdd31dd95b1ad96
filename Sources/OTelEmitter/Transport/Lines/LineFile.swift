internal import Glibc

/// A file that lines are appended to. It is made if it is missing, and again after it was renamed
/// or removed, as programs do that rotate files.
struct LineFile: ~Copyable {
    /// Read and written by the owner, read by the group; further held back by the process's mask.
    private static let mode: mode_t = 0o640

    /// How often, and at what distance in milliseconds, a file is looked at that ends in mid-line:
    /// another process may just be writing it.
    private static let looks = (count: 5, distance: Int32(10))

    private let path: String
    private var descriptor: Int32 = -1

    init(path: String) {
        self.path = path
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    struct Opened {
        /// Stays the file's.
        let descriptor: Int32
        /// Whether the file ends without a line break, as after a crash: nil if that is unknown, or
        /// if the file was open already.
        let endsInMidLine: Bool?
    }

    /// Opens the file that has the path now, unless it is open.
    mutating func open() throws(LineOutput.Failure) -> Opened {
        if descriptor >= 0 {
            if isStillAtItsPath { return Opened(descriptor: descriptor, endsInMidLine: nil) }
            close(descriptor)
        }
        // Never waits for a reader, should the path be a pipe's.
        let flags = O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NONBLOCK
        descriptor = Glibc.open(path, flags, Self.mode)
        guard descriptor >= 0 else { throw .ofSystem }
        return Opened(descriptor: descriptor, endsInMidLine: endsInMidLine)
    }

    private var isStillAtItsPath: Bool {
        var now = stat()
        guard stat(path, &now) == 0, let own = status else { return false }
        return now.st_dev == own.st_dev && now.st_ino == own.st_ino
    }

    private var status: stat? {
        var status = stat()
        return fstat(descriptor, &status) == 0 ? status : nil
    }

    /// Nil if the last byte can't be read.
    private var endsInMidLine: Bool? {
        guard status?.st_mode.isRegularFile == true else { return nil }
        // A descriptor of its own: the file may only be writable.
        let reader = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        guard reader >= 0 else { return nil }
        defer { close(reader) }
        for look in 1...Self.looks.count {
            guard let size = status?.st_size, size > 0 else { return false }
            var last: UInt8 = 0
            guard pread(reader, &last, 1, size - 1) == 1 else { return nil }
            if last == UInt8(ascii: "\n") { return false }
            if look < Self.looks.count { poll(nil, 0, Self.looks.distance) }
        }
        return true
    }
}

extension mode_t {
    var isRegularFile: Bool { self & S_IFMT == S_IFREG }
}
