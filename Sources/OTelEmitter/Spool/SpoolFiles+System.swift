internal import Glibc

extension SpoolFiles {
    /// Locks of open file descriptions (Linux 3.15). They end with the last descriptor, however the
    /// process ends. They also work between two emitters of one process, and over NFS. Swift's
    /// Glibc does not define their numbers.
    private static let getLock: Int32 = 36
    private static let setLock: Int32 = 37

    /// The system's own calls.
    package static let system = SpoolFiles(
        makeDirectory: { parent, name throws(ErrorNumber) in
            try check { mkdirat(parent, name, 0o700) }
        },
        open: { parent, name, use throws(ErrorNumber) in
            try check { openat(parent, name, flags(use) | O_CLOEXEC, 0o600 as mode_t) }
        },
        close: { file throws(ErrorNumber) in
            SpoolForkGuard.remove(file)
            // After an interruption, the descriptor is closed nevertheless.
            if Glibc.close(file) != 0, errno != EINTR { throw .last }
        },
        status: { file throws(ErrorNumber) in
            var found = stat()
            try check { fstat(file, &found) }
            return Status(
                isRegular: found.st_mode & S_IFMT == S_IFREG, size: Int(found.st_size),
                identity: UInt64(found.st_ino))
        },
        read: { file, buffer throws(ErrorNumber) in
            try check { Glibc.read(file, buffer.baseAddress, buffer.count) }
        },
        write: { file, bytes throws(ErrorNumber) in
            try check { Glibc.write(file, bytes.baseAddress, bytes.count) }
        },
        sync: { file throws(ErrorNumber) in try check { fsync(file) } },
        rename: { parent, old, new throws(ErrorNumber) in
            try check { renameat(parent, old, parent, new) }
        },
        remove: { parent, name throws(ErrorNumber) in try check { unlinkat(parent, name, 0) } },
        removeDirectory: { parent, name throws(ErrorNumber) in
            try check { unlinkat(parent, name, AT_REMOVEDIR) }
        },
        lock: { file throws(ErrorNumber) in
            var request = flock()
            request.l_type = Int16(F_WRLCK)
            request.l_whence = Int16(SEEK_SET)
            try check { fcntl(file, setLock, &request) }
            SpoolForkGuard.add(file)
        },
        isLocked: { file throws(ErrorNumber) in
            var request = flock()
            request.l_type = Int16(F_WRLCK)
            request.l_whence = Int16(SEEK_SET)
            try check { fcntl(file, getLock, &request) }
            return request.l_type != Int16(F_UNLCK)
        },
        list: { directory throws(ErrorNumber) in try listing(directory) })

    private static func flags(_ use: Use) -> Int32 {
        switch use {
        case .directory: O_RDONLY | O_DIRECTORY | O_NOFOLLOW
        case .root: O_RDONLY | O_DIRECTORY
        case .reading: O_RDONLY | O_NOFOLLOW | O_NONBLOCK
        case .writing: O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW
        case .locking: O_RDWR | O_CREAT | O_NOFOLLOW
        }
    }

    /// Repeats `call` until no signal interrupts it, and returns its result.
    @discardableResult
    private static func check<Number: SignedInteger>(
        _ call: () -> Number
    ) throws(ErrorNumber) -> Number {
        while true {
            let answer = call()
            if answer >= 0 { return answer }
            if errno != EINTR { throw .last }
        }
    }

    private static func listing(_ directory: Int32) throws(ErrorNumber) -> SpoolListing {
        // A separate file description starts at the first name.
        let file = try check { openat(directory, ".", flags(.directory) | O_CLOEXEC) }
        guard let stream = fdopendir(file) else {
            let failure = ErrorNumber.last
            Glibc.close(file)
            throw failure
        }
        return SpoolListing(
            { () throws(ErrorNumber) in
                errno = 0
                guard let entry = readdir(stream) else {
                    if errno != 0 { throw .last }
                    return nil
                }
                return withUnsafePointer(to: &entry.pointee.d_name) { name in
                    // SAFETY: the system has written a null-terminated name there, which is valid
                    // until the next call.
                    String(cString: UnsafeRawPointer(name).assumingMemoryBound(to: CChar.self))
                }
            }, end: { closedir(stream) })
    }
}
