import Glibc
import TestSupport
import Testing

/// File systems of the test's own, in a process that ends with the test.
enum SpoolMount {
    struct Failure: Error, CustomStringConvertible {
        let description: String

        init(_ call: String) {
            description = "\(call): \(String(cString: strerror(errno)))"
        }
    }

    /// Whether this machine lets a process have mounts of its own.
    static let isPermitted =
        Program.run(
            "unshare", ["-m", "mount", "-t", "tmpfs", "none", "/mnt"], output: "/dev/null") == 0

    private static let newNamespace: Int32 = 0x0002_0000

    /// Mounts a file system in memory that only this thread's process sees.
    static func memory(at path: String, options: String) throws {
        guard let symbol = dlsym(nil, "unshare") else { throw Failure("unshare") }
        let unshare = unsafeBitCast(symbol, to: (@convention(c) (Int32) -> Int32).self)
        guard unshare(newNamespace) == 0 else { throw Failure("unshare") }
        guard mount("none", "/", nil, UInt(MS_REC | MS_PRIVATE), nil) == 0 else {
            throw Failure("making mounts private")
        }
        mkdir(path, 0o700)
        guard mount("none", path, "tmpfs", 0, options) == 0 else { throw Failure("mount") }
    }

    /// Lets nobody write there, or everybody again.
    static func remount(_ path: String, readOnly: Bool) throws {
        let flags = UInt(MS_REMOUNT) | (readOnly ? UInt(MS_RDONLY) : 0)
        guard mount(nil, path, nil, flags, nil) == 0 else { throw Failure("remount") }
    }
}
