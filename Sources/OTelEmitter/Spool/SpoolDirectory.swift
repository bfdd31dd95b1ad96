internal import Glibc

/// The directory of one incarnation, with one file for each batch.
///
/// Only the process that holds its lock may write to it, send from it or remove from it. Other
/// processes may only list it. When this object is freed, its descriptors are closed and the lock
/// is released.
package final class SpoolDirectory {
    /// The holder of the lock.
    enum Holder {
        case thisProcess
        /// Another process, or another emitter in this process.
        case another
        /// Unknown, because the file system has no locks.
        case nobodyCanTell
        /// None, because the directory has been removed.
        case gone
        /// Not tried, because there was no room for another directory.
        case notAsked
    }

    package let name: String
    package let handle: Int32
    let files: SpoolFiles
    var entries = SpoolEntries()
    /// Files that could not be removed yet.
    private(set) var leftovers: [String] = []
    /// Whether the directory contains files that must stay, so that the directory stays too.
    var hasForeignFiles = false
    /// Whether the incarnation had no lock.
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

    /// Takes the lock if it is free. Never waits.
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
        // A previous holder may have removed the file, and another process may have created a new
        // one.
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

    /// Marks the directory, so that later processes know that there is no lock to tell whether this
    /// incarnation is alive.
    func markUnlocked() throws(ErrorNumber) {
        try files.close(try files.open(handle, SpoolName.unlocked, .writing))
        try files.syncDirectory(handle)
        isUnlocked = true
    }

    // MARK: Removal

    /// Removes a file. If that fails, the file is remembered.
    ///
    /// After a loss of power, the file may exist again. Its batch is then sent twice.
    func remove(_ file: String) throws(ErrorNumber) {
        do throws(ErrorNumber) {
            try files.remove(handle, file)
        } catch {
            switch error.code {
            case ENOENT: return
            // A directory that someone else created has the name of a batch.
            case EISDIR: hasForeignFiles = true
            default:
                leftovers.append(file)
                throw error
            }
        }
    }

    /// Retries one removal that failed.
    func removeLeftover() throws(ErrorNumber) {
        guard let file = leftovers.popLast() else { return }
        try remove(file)
    }

    /// Removes the directory if nothing is left in it. Only the holder of the lock may call this.
    ///
    /// Between the two steps, another process may create its own lock. The directory is then not
    /// empty, and that process will remove it.
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
