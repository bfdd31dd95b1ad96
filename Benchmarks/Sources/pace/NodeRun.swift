import Glibc

/// One run of the node's program.
enum NodeRun {
    /// How many rounds it has sealed, by its own ledger. Ends this program if the node fails.
    ///
    /// - Parameter environment: variables beside those that this program has.
    static func sealedRounds(_ program: String, _ seconds: Int, _ environment: [String]) -> Int {
        let ledger = "/tmp/otel-emitter-pace-\(getpid()).json"
        defer { unlink(ledger) }
        let arguments = [
            program, "--seconds", "\(seconds)", "--round-interval-ms", "1", "--ledger", ledger,
        ]
        let own = inherited.filter { !$0.hasPrefix("OTEL_") && !$0.hasPrefix("RPP_") }
        let status = run(arguments, own + ["OTEL_METRICS_EXPORTER=none"] + environment)
        guard status == 0, let rounds = number("\"sealed\":", in: ledger) else {
            print("\(program) ended with status \(status)")
            exit(1)
        }
        return rounds
    }

    private static var inherited: [String] {
        var all: [String] = []
        var entry = environ
        while let text = entry.pointee {
            all.append(String(cString: text))
            entry = entry.advanced(by: 1)
        }
        return all
    }

    private static func run(_ arguments: [String], _ environment: [String]) -> Int32 {
        var words = arguments.map { strdup($0) } + [nil]
        var variables = environment.map { strdup($0) } + [nil]
        defer { (words + variables).forEach { free($0) } }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for stream in [STDOUT_FILENO, STDERR_FILENO] {
            posix_spawn_file_actions_addopen(&actions, stream, "/dev/null", O_WRONLY, 0)
        }
        var process = pid_t()
        let started = posix_spawn(&process, arguments[0], &actions, nil, &words, &variables)
        guard started == 0 else { return started }
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        return status
    }

    /// The number behind a text in a file.
    private static func number(_ text: String, in path: String) -> Int? {
        guard let file = fopen(path, "r") else { return nil }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 16)
        let count = fread(&bytes, 1, bytes.count, file)
        let content = String(decoding: bytes[..<count], as: UTF8.self)
        guard let place = content.firstRange(of: text) else { return nil }
        return Int(content[place.upperBound...].prefix { $0.isNumber })
    }
}
