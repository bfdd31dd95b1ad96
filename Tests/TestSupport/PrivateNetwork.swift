internal import Foundation

/// A network and mounts of the calling thread's own, and of the threads that it makes from then on:
/// addresses that come and go, packets that vanish, a resolver that is scripted. For exit tests,
/// and for who may make such things: root, in a container that lets it.
package enum PrivateNetwork {
    package static let comment: String =
        "needs the right to make network namespaces, and ip and tc of iproute2"

    /// Whether tests can have one. Required of root where nothing may be skipped: then a test fails
    /// that can't.
    package static let isWanted: Bool = isPermitted || isRequired

    private static let isPermitted: Bool =
        run("/bin/sh", "-c", "unshare -n -m sh -c 'ip link set lo up && tc qdisc show' 2>&1") == 0

    private static let isRequired: Bool =
        getuid() == 0 && ProcessInfo.processInfo.environment["OTEL_EMITTER_REQUIRE_ALL"] == "1"

    /// Enters a new network that has nothing but 127.0.0.1.
    package static func enter() throws {
        // Of Linux alone, so Swift does not know it.
        let (newNetwork, newMounts): (Int32, Int32) = (0x4000_0000, 0x2_0000)
        guard let symbol = dlsym(nil, "unshare") else { throw SystemError(text: "no unshare") }
        let unshare = unsafeBitCast(symbol, to: (@convention(c) (Int32) -> Int32).self)
        guard unshare(newNetwork | newMounts) == 0 else { throw SystemError("unshare") }
        // What is mounted from here on is seen here alone.
        try change("mount --make-rprivate / && ip link set lo up")
    }

    /// Runs a line of the shell in the calling thread's network.
    package static func change(_ line: String) throws {
        let status = run("/bin/sh", "-c", line)
        guard status == 0 else { throw SystemError(text: "\(line): exit status \(status)") }
    }

    /// Names are asked for at 127.0.0.1, and nowhere else.
    ///
    /// - Parameter options: those of resolv.conf.
    package static func resolveAtLoopback(options: String) throws {
        let folder = try FileManager.default.url(
            for: .itemReplacementDirectory, in: .userDomainMask,
            appropriateFor: URL(fileURLWithPath: NSTemporaryDirectory()), create: true
        ).path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        for (name, text) in [
            ("resolv.conf", "nameserver 127.0.0.1\noptions \(options)\n"),
            ("nsswitch.conf", "hosts: dns\n"),
        ] {
            try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
            try change("mount --bind '\(folder)/\(name)' /etc/\(name)")
        }
    }

    private static func run(_ path: String, _ arguments: String...) -> Int32 {
        guard
            let child = try? ChildProcess(
                path, arguments, environment: ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin"],
                output: "/dev/null")
        else { return -1 }
        return child.ownStatus(within: .seconds(20)) ?? -1
    }
}
