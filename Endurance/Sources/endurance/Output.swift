import Glibc

/// Writes lines at once: what is buffered dies with a process that traps.
enum Output {
    static func say(_ line: String) { write(line, to: STDOUT_FILENO) }

    /// Says what is wrong and ends the process.
    static func complain(_ line: String, status: Int32) -> Never {
        write(line, to: STDERR_FILENO)
        exit(status)
    }

    private static func write(_ line: String, to descriptor: Int32) {
        var rest = Array((line + "\n").utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }
}
