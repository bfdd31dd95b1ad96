internal import Glibc

/// The configured directory, which all incarnations share.
struct SpoolRoot {
    let path: String
    let files: SpoolFiles

    /// Opens the directory while `body` runs. It is opened by its path each time, since it may have
    /// been replaced.
    func withHandle<Result>(
        _ body: (Int32) throws(ErrorNumber) -> Result
    ) throws(ErrorNumber) -> Result {
        let handle = try open()
        defer { files.discard(handle) }
        return try body(handle)
    }

    /// Opens the directory, and creates it if it does not exist. The caller closes it.
    func open() throws(ErrorNumber) -> Int32 {
        do throws(ErrorNumber) {
            return try files.open(SpoolFiles.workingDirectory, path, .root)
        } catch ErrorNumber(ENOENT) {
            try make()
            return try files.open(SpoolFiles.workingDirectory, path, .root)
        }
    }

    private func make() throws(ErrorNumber) {
        var parent = path.hasPrefix("/") ? "/" : "."
        var made = path.hasPrefix("/") ? "/" : ""
        let parts = path.split(separator: "/")
        for (index, part) in parts.enumerated() {
            made += part
            do throws(ErrorNumber) {
                try files.makeDirectory(SpoolFiles.workingDirectory, made)
                let handle = try files.open(SpoolFiles.workingDirectory, parent, .root)
                defer { files.discard(handle) }
                try files.syncDirectory(handle)
            } catch {
                // For a directory above the last one, it is enough that it exists.
                if index == parts.count - 1, error.code != EEXIST { throw error }
            }
            parent = made
            made += "/"
        }
    }

    /// Creates the directory of this incarnation and takes its lock.
    func makeIncarnation(_ incarnation: String, at time: UInt64) throws(ErrorNumber)
        -> SpoolDirectory
    {
        /// The number of names to try if others take them.
        let attemptLimit: UInt64 = 64
        return try withHandle { handle throws(ErrorNumber) in
            for attempt in 0..<attemptLimit {
                let name = SpoolIncarnationName.make(
                    at: time &+ attempt, incarnation: incarnation)
                if let made = try make(name, in: handle) { return made }
            }
            throw ErrorNumber(EEXIST)
        }
    }

    /// Returns nil if another process has or had the directory.
    private func make(_ name: String, in root: Int32) throws(ErrorNumber) -> SpoolDirectory? {
        do throws(ErrorNumber) {
            try files.makeDirectory(root, name)
        } catch ErrorNumber(EEXIST) {
            return nil
        }
        var made: SpoolDirectory?
        do throws(ErrorNumber) {
            let directory = try SpoolDirectory(name, in: root, files)
            made = directory
            switch try directory.takeLock() {
            // A process that looks for dead incarnations has found the directory empty, and removes
            // it.
            case .another, .gone, .notAsked: return nil
            case .nobodyCanTell: try directory.markUnlocked()
            case .thisProcess: break
            }
            try files.syncDirectory(root)
            return directory
        } catch {
            // The directory is still empty. If it can't be removed either, the next process will do
            // so.
            try? made?.removeFromDisk(root: root)
            try? files.removeDirectory(root, name)
            if error.code == ENOENT { return nil }
            throw error
        }
    }
}
