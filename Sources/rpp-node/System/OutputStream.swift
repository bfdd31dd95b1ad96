internal import Glibc

/// The process's two output streams, written with write(2) in whole lines.
enum OutputStream: Int32 {
    case standardOutput = 1
    case standardError = 2

    /// Answers false if the line could not be written.
    @discardableResult
    func printLine(_ line: String) -> Bool {
        FileBytes.write(Array((line + "\n").utf8)[...], to: rawValue)
    }
}
