internal import Foundation
internal import Instruments

/// A program that a test starts, watches and ends, by its process id. It has none of this process's
/// descriptors, and does not outlive its normal end.
package final class ChildProcess: Sendable {
    /// Those that run.
    private static let running = Monitor<Set<pid_t>>([])
    private static let endsThemAtExit: Bool = {
        atexit {
            ChildProcess.running.withLock { $0.forEach { _ = Foundation.kill($0, SIGKILL) } }
        } == 0
    }()

    private let pid: pid_t
    private let status = Monitor<Int32?>(nil)

    /// - Parameters:
    ///   - environment: all of its environment.
    ///   - input: the file that is its standard input.
    ///   - output: the file that gets its standard output.
    ///   - errors: the file that gets its standard error; nil: `output` gets it, too.
    package init(
        _ path: String, _ arguments: [String], environment: [String: String] = [:],
        input: String = "/dev/null", output: String, errors: String? = nil
    ) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        let flags = O_WRONLY | O_CREAT | O_TRUNC
        posix_spawn_file_actions_addopen(&actions, 0, input, O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, output, flags, 0o600)
        if let errors {
            posix_spawn_file_actions_addopen(&actions, 2, errors, flags, 0o600)
        } else {
            posix_spawn_file_actions_adddup2(&actions, 1, 2)
        }
        // The test runner waits until nobody can write to its pipes any more.
        Self.closeAll(from: 3, &actions)
        let words = ([path] + arguments).map { strdup($0) }
        let variables = environment.map { strdup("\($0.key)=\($0.value)") }
        defer { (words + variables).forEach { free($0) } }
        // A test's thread may block signals, which the program would inherit.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        var started = pid_t()
        let failure = posix_spawn(
            &started, path, &actions, &attributes, words + [nil], variables + [nil])
        guard failure == 0 else {
            throw SystemError(text: "\(path): \(String(cString: strerror(failure)))")
        }
        pid = started
        precondition(Self.endsThemAtExit, "atexit has no room")
        _ = Self.running.withLock { $0.insert(started) }
        Self.watch(pid, status)
    }

    /// `posix_spawn_file_actions_addclosefrom_np` of glibc 2.34, which Swift does not import.
    private static func closeAll(from first: Int32, _ actions: inout posix_spawn_file_actions_t) {
        typealias Call =
            @convention(c) (UnsafeMutablePointer<posix_spawn_file_actions_t>, Int32) -> Int32
        guard let symbol = dlsym(nil, "posix_spawn_file_actions_addclosefrom_np") else {
            preconditionFailure("glibc is older than 2.34")
        }
        // SAFETY: the type is that of the function's declaration.
        _ = unsafeBitCast(symbol, to: Call.self)(&actions, first)
    }

    /// Waits for its end on a thread of its own. It is taken note of at once: the test runner waits
    /// for any child of this process, and spins while one that is not its own has ended.
    private static func watch(_ pid: pid_t, _ status: Monitor<Int32?>) {
        Thread.detachNewThread {
            var info = siginfo_t()
            while waitid(P_PID, id_t(pid), &info, WEXITED | WNOWAIT) != 0, errno == EINTR {}
            // Only now may another process get its number; who signals knows by the status.
            running.withLock { running in
                status.withLock { known in
                    var found: Int32 = 0
                    _ = waitpid(pid, &found, 0)
                    known = found
                }
                running.remove(pid)
            }
        }
    }

    /// How it ended, as `waitpid` says; nil while it runs.
    package var exitStatus: Int32? { status.withLock { $0 } }

    /// The status that it ended with by itself; nil if it has not within `limit`, or was killed.
    package func ownStatus(within limit: Duration) -> Int32? {
        guard let status = status.wait(within: limit, for: { $0 }), status & 0x7F == 0 else {
            return nil
        }
        return status >> 8 & 0xFF
    }

    /// Asks it to end, and insists after `patience`.
    package func end(patience: Duration = .seconds(10)) {
        signal(SIGTERM)
        if status.wait(within: patience, for: { $0 }) == nil { kill() }
    }

    /// Ends it at once, as a crash or the kernel would.
    package func kill() {
        signal(SIGKILL)
        _ = status.wait(within: .seconds(10)) { $0 }
    }

    private func signal(_ number: Int32) {
        status.withLock { if $0 == nil { _ = Foundation.kill(pid, number) } }
    }

    /// What `/proc` tells of it.
    package var processPath: String { "/proc/\(pid)" }

    deinit {
        end()
    }
}
