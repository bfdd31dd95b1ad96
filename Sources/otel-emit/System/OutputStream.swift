internal import Glibc

/// The two output streams of the process, to which whole lines are written with write(2).
enum OutputStream: Int32 {
    case standardOutput = 1
    case standardError = 2

    /// Writes a line. Returns false if that failed. Standard error then has the reason, unless the
    /// reader has merely gone away.
    @discardableResult
    func printLine(_ line: String) -> Bool {
        if write(line + "\n") { return true }
        let code = errno
        if self == .standardOutput, code != EPIPE {
            let reason = String(cString: strerror(code))
            Self.standardError.printLine("otel-emit: standard output can't be written: \(reason)")
        }
        return false
    }

    /// Writes the whole text. Returns false as soon as a write fails.
    @discardableResult
    func write(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return bytes.withUnsafeBytes { bytes in
            var rest = bytes[...]
            while !rest.isEmpty {
                let piece = UnsafeRawBufferPointer(rebasing: rest)
                let count = Glibc.write(rawValue, piece.baseAddress, piece.count)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return false }
                rest = rest.dropFirst(count)
            }
            return true
        }
    }

    var isTerminal: Bool { isatty(rawValue) == 1 }
}
