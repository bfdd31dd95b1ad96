import Glibc

/// File systems that only this process sees, in one that ends with the test.
package enum PrivateMount {
    package struct Failure: Error, CustomStringConvertible {
        package let description: String

        init(_ call: String) {
            description = "\(call): \(String(cString: strerror(errno)))"
        }
    }

    /// Whether this machine lets a process have mounts of its own.
    package static let isPermitted =
        Program.run(
            "unshare", ["-m", "mount", "-t", "tmpfs", "none", "/mnt"], output: "/dev/null") == 0

    /// Whether it also lets it mount a file as a disk.
    package static let allowsImages =
        isPermitted
        && Program.run("/bin/sh", ["-c", "losetup -f && mkfs.ext4 -V"], output: "/dev/null") == 0

    private static let newNamespace: Int32 = 0x0002_0000

    /// From now on this process's mounts are its own. To be called once, before its threads look at
    /// files.
    package static func enter() throws {
        guard let symbol = dlsym(nil, "unshare") else { throw Failure("unshare") }
        let unshare = unsafeBitCast(symbol, to: (@convention(c) (Int32) -> Int32).self)
        guard unshare(newNamespace) == 0 else { throw Failure("unshare") }
        guard mount("none", "/", nil, UInt(MS_REC | MS_PRIVATE), nil) == 0 else {
            throw Failure("making mounts private")
        }
    }

    /// Mounts a file system in memory.
    package static func memory(at path: String, options: String) throws {
        try enter()
        mkdir(path, 0o700)
        guard mount("none", path, "tmpfs", 0, options) == 0 else { throw Failure("mount") }
    }

    /// Lets nobody write there, or everybody again.
    package static func remount(_ path: String, readOnly: Bool) throws {
        let flags = UInt(MS_REMOUNT) | (readOnly ? UInt(MS_RDONLY) : 0)
        guard mount(nil, path, nil, flags, nil) == 0 else { throw Failure("remount") }
    }

    /// Makes a disk of a file: ext4, empty.
    package static func makeImage(_ file: String, mebibytes: Int) throws {
        let command = "truncate -s \(mebibytes)M '\(file)' && mkfs.ext4 -q '\(file)'"
        guard Program.run("/bin/sh", ["-c", command], output: "/dev/null") == 0 else {
            throw Failure("mkfs.ext4")
        }
    }

    /// Mounts the disk in a file, which writes nothing by itself but what is synchronised.
    package static func image(_ file: String, at path: String) throws {
        mkdir(path, 0o700)
        let arguments = ["-t", "ext4", "-o", "loop,commit=3600", file, path]
        guard Program.run("mount", arguments, output: "/dev/null") == 0 else {
            throw Failure("mount")
        }
    }
}
