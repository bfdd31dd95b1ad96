internal import Glibc

/// Generates dashboards and rules from the catalogue.
@main
enum Dashboards {
    static func main() {
        exit(run(Array(CommandLine.arguments.dropFirst())).rawValue)
    }

    /// How the program ends.
    enum ExitStatus: Int32 {
        case good = 0
        /// A file differs, or can't be written or generated.
        case failure = 1
        /// The command line is invalid (`EX_USAGE` of sysexits.h).
        case usage = 64
    }

    static func run(_ words: [String]) -> ExitStatus {
        do {
            switch try Arguments(parsing: words) {
            case .help:
                print(Arguments.helpText)
                return .good
            case .write(let folder):
                let folder = OutputFolder(folder)
                for file in try GeneratedFile.all() { try folder.write(file) }
                return .good
            case .check(let folder):
                return check(try GeneratedFile.all(), in: folder)
            }
        } catch {
            complain("dashboards: \(error)")
            return error is Arguments.Problem ? .usage : .failure
        }
    }

    private static func check(_ files: [GeneratedFile], in path: String) -> ExitStatus {
        let folder = OutputFolder(path)
        let different = files.filter { !folder.holds($0) }
        for file in different { print("\(path)/\(file.path) differs") }
        if different.isEmpty { return .good }
        complain("dashboards: update them with `swift run dashboards --output \(path)`")
        return .failure
    }

    private static func complain(_ line: String) {
        let bytes = Array((line + "\n").utf8)
        _ = write(STDERR_FILENO, bytes, bytes.count)
    }
}
