internal import Glibc

/// A file that lines are appended to. It is created if it does not exist, also after a program that
/// rotates files has renamed or removed it.
struct LineFile: ~Copyable {
    /// The owner may read and write, and the group may read. The mask of the process may restrict
    /// this.
    private static let mode: mode_t = 0o640

    /// How often a file that ends in the middle of a line is checked, and at what interval in
    /// milliseconds. Another process may just be writing it.
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
        /// The descriptor is still owned by the file.
        let descriptor: Int32
        /// Whether the file ends without a line break, as after a crash. Nil if that is unknown, or
        /// if the file was open already.
        let endsInMidLine: Bool?
    }

    /// Opens the file that is now at the path, unless it is already open.
    mutating func open() throws(LineOutput.Failure) -> Opened {
        if descriptor >= 0 {
            if isStillAtItsPath { return Opened(descriptor: descriptor, endsInMidLine: nil) }
            close(descriptor)
        }
        // If the path names a pipe, this does not wait for a reader.
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
        // A separate descriptor, since the file may be open for writing only.
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
