import Glibc

/// This program run once more, as another process, from its start to its end.
struct ChildRun {
    /// All that it wrote.
    let output: String
    let errors: String
    /// What `waitpid` says of its end; nil if it did not start.
    let status: Int32?
    /// When it had ended, by the clock that never steps and that all processes share.
    let endedAt: Double

    init(_ arguments: [String]) {
        let (output, errors) = (Loopback.pipe(), Loopback.pipe())
        let child = Self.spawn(arguments, output: output.write, errors: errors.write)
        close(output.write)
        close(errors.write)
        var texts = [[UInt8](), [UInt8]()]
        Self.read([output.read, errors.read], into: &texts)
        close(output.read)
        close(errors.read)
        // Its end is noted before it is put away: that takes as long as the system's `/proc` does.
        var info = siginfo_t()
        if let child {
            while waitid(P_PID, id_t(child), &info, WEXITED | WNOWAIT) != 0, errno == EINTR {}
        }
        endedAt = Process.seconds
        var status: Int32 = 0
        if let child {
            while waitpid(child, &status, 0) < 0, errno == EINTR {}
        }
        self.status = child == nil ? nil : status
        self.output = String(decoding: texts[0], as: UTF8.self)
        self.errors = String(decoding: texts[1], as: UTF8.self)
    }

    private static func spawn(_ arguments: [String], output: Int32, errors: Int32) -> pid_t? {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
        posix_spawn_file_actions_adddup2(&actions, errors, STDERR_FILENO)
        let program = "/proc/self/exe"
        let words = ([program] + arguments).map { strdup($0) }
        // A sanitizer is told what to do by a variable.
        let passedOn: [String] = ["ASAN_OPTIONS", "TSAN_OPTIONS"]
        let variables = passedOn.compactMap { name in
            getenv(name).flatMap { strdup("\(name)=\(String(cString: $0))") }
        }
        defer { (words + variables).forEach { free($0) } }
        var child = pid_t()
        let failure = posix_spawn(&child, program, &actions, nil, words + [nil], variables + [nil])
        return failure == 0 ? child : nil
    }

    /// Reads from both until nobody can write to either any more.
    private static func read(_ descriptors: [Int32], into texts: inout [[UInt8]]) {
        var open = Set(descriptors.indices)
        var piece = [UInt8](repeating: 0, count: 4096)
        while !open.isEmpty {
            var waits = open.map {
                pollfd(fd: descriptors[$0], events: Int16(POLLIN), revents: 0)
            }
            guard poll(&waits, nfds_t(waits.count), -1) >= 0 || errno == EINTR else { return }
            for index in open
            where waits.contains(where: {
                $0.fd == descriptors[index] && $0.revents != 0
            }) {
                let count = Glibc.read(descriptors[index], &piece, piece.count)
                if count > 0 { texts[index] += piece[..<count] } else { open.remove(index) }
            }
        }
    }
}
