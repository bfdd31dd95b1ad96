import Glibc

/// What the process uses.
enum Process {
    /// Memory that is resident, in bytes; 0 if the system does not tell.
    static var residentBytes: Int {
        let file = open("/proc/self/statm", O_RDONLY)
        guard file >= 0 else { return 0 }
        defer { close(file) }
        var text = [UInt8](repeating: 0, count: 256)
        let length = read(file, &text, text.count)
        let fields = text.prefix(max(length, 0)).split(separator: UInt8(ascii: " "))
        guard fields.count > 1 else { return 0 }
        return (Int(String(decoding: fields[1], as: UTF8.self)) ?? 0) * Int(getpagesize())
    }

    /// By the clock that never steps.
    static var seconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// Descriptors that are open, the one that counts them left out.
    static var descriptors: Int { count("/proc/self/fd") - 1 }

    static var threads: Int { count("/proc/self/task") }

    /// Waits until a count is as low as it was: a thread may end a little after whoever let it go.
    /// What it is in the end, after ten seconds at most.
    static func settled(_ count: () -> Int, to expected: Int) -> Int {
        let deadline = seconds + 10
        while count() > expected, seconds < deadline { poll(nil, 0, 2) }
        return count()
    }

    private static func count(_ path: String) -> Int {
        guard let directory = opendir(path) else { return 0 }
        defer { closedir(directory) }
        var count = 0
        while readdir(directory) != nil { count += 1 }
        // Without `.` and `..`.
        return count - 2
    }

    static var cores: Int { max(Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))), 1) }
}
