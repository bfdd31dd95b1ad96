internal import Foundation

/// What `/proc` tells of this process. Meaningful where nothing else runs: in exit tests.
package enum OwnProcess {
    /// Open descriptors, without the one that reads the list.
    package static func descriptors() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").filter { name in
            let target = try? FileManager.default.destinationOfSymbolicLink(
                atPath: "/proc/self/fd/\(name)")
            return target.map { !$0.hasPrefix("/proc/") } ?? false
        }.sorted()
    }

    /// The names of all threads.
    package static func threads() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: "/proc/self/task").compactMap { id in
            // A thread may end while the list is read.
            let name = try? String(contentsOfFile: "/proc/self/task/\(id)/comm", encoding: .utf8)
            return name?.trimmingCharacters(in: .newlines)
        }
    }

    /// How many emitters have a thread.
    package static func emitterThreads() throws -> Int {
        try threads().filter { $0 == "otel-emitter" }.count
    }

    /// The most memory that was ever resident, in bytes.
    package static func peakMemory() throws -> Int {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        for line in status.split(separator: "\n") where line.hasPrefix("VmHWM:") {
            if let kibibytes = Int(line.filter(\.isNumber)) { return kibibytes << 10 }
        }
        throw SystemError(text: "/proc/self/status has no VmHWM")
    }

    /// Writing to a broken connection then ends the process, unless the writer prevents it.
    package static func useDefaultActionForBrokenPipes() {
        signal(SIGPIPE, SIG_DFL)
    }
}
