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

    /// The signals that the threads of this name block, as `/proc` tells them: a bit for each.
    package static func blockedSignals(ofThreads name: String) throws -> [UInt64] {
        let ids = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/task")
        return ids.compactMap { id in
            let status = try? String(
                contentsOfFile: "/proc/self/task/\(id)/status", encoding: .utf8)
            let lines = status?.split(separator: "\n") ?? []
            guard lines.contains("Name:\t\(name)") else { return nil }
            return lines.first { $0.hasPrefix("SigBlk:") }
                .flatMap { UInt64($0.dropFirst("SigBlk:\t".count), radix: 16) }
        }
    }

    /// What the process does about each signal: the address of a handler, or a default.
    package static func signalActions() -> [UInt] {
        (1...64).map { signal in
            var action = sigaction()
            guard sigaction(Int32(signal), nil, &action) == 0 else { return 0 }
            return withUnsafeBytes(of: action.__sigaction_handler) { $0.load(as: UInt.self) }
        }
    }

    /// The most memory that was ever resident, in bytes.
    package static func peakMemory() throws -> Int {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        for line in status.split(separator: "\n") where line.hasPrefix("VmHWM:") {
            if let kibibytes = Int(line.filter(\.isNumber)) { return kibibytes << 10 }
        }
        throw SystemError(text: "/proc/self/status has no VmHWM")
    }

    /// Gives back what is free, and lets the most memory be what is resident now.
    package static func forgetPeakMemory() throws {
        // glibc's `malloc_trim`, which Swift does not import.
        typealias Call = @convention(c) (Int) -> Int32
        // SAFETY: the type is that of the function's declaration.
        if let symbol = dlsym(nil, "malloc_trim") { _ = unsafeBitCast(symbol, to: Call.self)(0) }
        // `proc(5)`: 5 resets the peak.
        try "5".write(toFile: "/proc/self/clear_refs", atomically: false, encoding: .utf8)
    }

    /// Writing to a broken connection then ends the process, unless the writer prevents it.
    package static func useDefaultActionForBrokenPipes() {
        signal(SIGPIPE, SIG_DFL)
    }

    /// The calling thread then gets the signal of a broken pipe, unless the writer prevents it.
    package static func unblockBrokenPipes() {
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGPIPE)
        pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    }

    /// Sets how many descriptors may be open, and returns how many might be before.
    @discardableResult package static func limitDescriptors(to limit: UInt) -> UInt {
        var limits = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limits)
        let before = limits.rlim_cur
        limits.rlim_cur = limit
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limits)
        return before
    }

    /// From now on no file outside of the folder can be found. False if that is not allowed.
    package static func confine(to folder: String) -> Bool {
        chroot(folder) == 0 && chdir("/") == 0
    }

    package static var isPrivileged: Bool { geteuid() == 0 }

    /// Processor time that the process has used.
    package static var processorTime: Duration {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }

    /// Lets the process take its time to exit, after handlers that are installed from now on.
    package static func exitSlowly() {
        atexit { poll(nil, 0, 300) }
    }

    /// Ends the process as a return from `main` does.
    package static func exitNormally() -> Never { exit(0) }
}
