internal import Glibc

/// The name of the calling thread, as `top -H` and debuggers show it. New threads inherit it.
enum ThreadName {
    private static let path = "/proc/thread-self/comm"
    /// The system's limit, not counting the terminating zero.
    static let byteLimit = 15

    /// Nil if the system does not reveal it.
    static var current: String? { read(path) }

    /// Returns false if the system refuses the name. Everything works without it.
    @discardableResult static func set(_ name: String) -> Bool {
        let descriptor = open(path, O_WRONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        let bytes = Array(name.utf8.prefix(byteLimit))
        return write(descriptor, bytes, bytes.count) == bytes.count
    }

    /// The name of a thread of this process, or nil if there is no such thread.
    static func of(_ thread: pid_t) -> String? { read("/proc/self/task/\(thread)/comm") }

    /// A thread of this process with this name.
    static func thread(named name: String) -> pid_t? {
        guard let folder = opendir("/proc/self/task") else { return nil }
        defer { closedir(folder) }
        while let entry = readdir(folder) {
            let text = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if let thread = pid_t(text), of(thread) == name { return thread }
        }
        return nil
    }

    private static func read(_ path: String) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 64)
        let count = Glibc.read(descriptor, &bytes, bytes.count)
        guard count > 0 else { return nil }
        return String(decoding: bytes[..<count].prefix { $0 != 0x0A }, as: UTF8.self)
    }
}
