internal import Glibc

/// The two output streams of the process, to which whole lines are written with write(2).
enum OutputStream: Int32 {
    case standardOutput = 1
    case standardError = 2

    /// Writes a line. Returns false if that failed.
    @discardableResult
    func printLine(_ line: String) -> Bool {
        FileBytes.write(Array((line + "\n").utf8)[...], to: rawValue)
    }
}
