import Foundation
import TestSupport

/// A folder of its own for a test that writes lines, removed with it.
final class LineFolder: Sendable {
    let path: String

    init() throws {
        path =
            FileManager.default.temporaryDirectory
            .appending(path: "otel-emitter-lines-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    func file(_ name: String = "metrics.jsonl") -> String { path + "/" + name }

    /// The lines of a file; what stands behind the last line break is a line, too.
    func lines(_ name: String = "metrics.jsonl") -> [String] {
        let text = String(decoding: Program.bytes(of: file(name)), as: UTF8.self)
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if lines.last == "" { lines.removeLast() }
        return lines
    }
}
