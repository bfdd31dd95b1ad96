internal import Glibc

/// The directory of one incarnation: its batches, as files.
///
/// Only the process that holds its lock writes to it, sends from it or removes from it. Others at
/// most list it. Descriptors are closed, and so the lock is given back, when this is freed.
package final class SpoolDirectory {
    /// Who holds the lock.
    enum Holder {
        case thisProcess
        /// Another process, or another emitter of this one.
        case another
        /// The file system has no locks.
        case nobodyCanTell
        /// The directory was removed meanwhile.
        case gone
        /// It was not tried, for want of room.
        case notAsked
    }

    package let name: String
    package let handle: Int32
    let files: SpoolFiles
    var entries = SpoolEntries()
    /// Files that could not be removed so far.
    private(set) var leftovers: [String] = []
    /// Whether files are in it that stay there, so that it stays, too.
    var hasForeignFiles = false
    /// Whether its incarnation had no lock.
    var isUnlocked = false
    private var lock: Int32?

    package init(_ name: String, in root: Int32, _ files: SpoolFiles) throws(ErrorNumber) {
        self.name = name
        self.files = files
        handle = try files.open(root, name, .directory)
    }

    deinit {
        lock.map(files.discard)
        files.discard(handle)
    }

    // MARK: The lock

    /// Takes the lock if it is free; never waits.
    func takeLock() throws(ErrorNumber) -> Holder {
        let file: Int32
        do throws(ErrorNumber) {
            file = try files.open(handle, SpoolName.lock, .locking)
        } catch ErrorNumber(ENOENT) {
            return .gone
        }
        do throws(ErrorNumber) {
            try files.lock(file)
        } catch {
            files.discard(file)
            switch error.code {
            case EAGAIN, EACCES: return .another
            case ENOLCK, ENOSYS, EOPNOTSUPP, EINVAL, EBADF: return .nobodyCanTell
            default: throw error
            }
        }
        lock = file
        // Whoever held it before may have removed the file, and somebody made another one.
        do throws(ErrorNumber) {
            if try isStillNamed(file) { return .thisProcess }
            releaseLock()
            return .gone
        } catch {
            releaseLock()
            throw error
        }
    }

    private func isStillNamed(_ file: Int32) throws(ErrorNumber) -> Bool {
        let named: Int32
        do throws(ErrorNumber) {
            named = try files.open(handle, SpoolName.lock, .reading)
        } catch ErrorNumber(ENOENT) {
            return false
        }
        defer { files.discard(named) }
        return try files.status(named).identity == files.status(file).identity
    }

    private func releaseLock() {
        lock.map(files.discard)
        lock = nil
    }

    /// Says to all that come later that nobody can tell whether this incarnation is alive.
    func markUnlocked() throws(ErrorNumber) {
        try files.close(try files.open(handle, SpoolName.unlocked, .writing))
        try files.syncDirectory(handle)
        isUnlocked = true
    }

    // MARK: Removal

    /// Removes a file; what can't be removed now is kept in mind.
    ///
    /// A loss of power may bring it back: then its batch is sent twice.
    func remove(_ file: String) throws(ErrorNumber) {
        do throws(ErrorNumber) {
            try files.remove(handle, file)
        } catch {
            switch error.code {
            case ENOENT: return
            // Somebody's directory has the name of a batch.
            case EISDIR: hasForeignFiles = true
            default:
                leftovers.append(file)
                throw error
            }
        }
    }

    /// Tries once more to remove what could not be removed; one file at a time.
    func removeLeftover() throws(ErrorNumber) {
        guard let file = leftovers.popLast() else { return }
        try remove(file)
    }

    /// Removes the directory, if nothing is left in it. Only for who holds the lock.
    ///
    /// Between the two steps another process may make a lock of its own; then the directory is not
    /// empty, stays, and is that process's to remove.
    func removeFromDisk(root: Int32) throws(ErrorNumber) {
        guard !hasForeignFiles, leftovers.isEmpty, entries.first == nil else { return }
        if isUnlocked { try files.removeIfPresent(handle, SpoolName.unlocked) }
        try files.removeIfPresent(handle, SpoolName.lock)
        do throws(ErrorNumber) {
            try files.removeDirectory(root, name)
        } catch {
            guard [ENOENT, ENOTEMPTY, EEXIST].contains(error.code) else { throw error }
        }
    }
}
