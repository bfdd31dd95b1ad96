internal import Glibc

extension Spool {
    /// Gives up the first batch of a directory and declares it lost.
    func drop(_ name: SpoolName, of directory: SpoolDirectory, _ reason: LossReason) {
        guard directory.entries.removeFirst(name) else { return }
        if forgetCurrent(name, of: directory) { change.givenUpCurrent = reason }
        change.lose(name.points, reason)
        remove(name.text, of: directory)
        if directory !== ownDirectory, directory.entries.first == nil { release(directory) }
    }

    /// Returns true if this is the batch that `next` returned last.
    @discardableResult
    func forgetCurrent(_ name: SpoolName, of directory: SpoolDirectory) -> Bool {
        guard current?.name == name, current?.directory === directory else { return false }
        current = nil
        return true
    }

    /// Removes a file now, or as soon as the disk allows it.
    func remove(_ file: String, of directory: SpoolDirectory) {
        do throws(ErrorNumber) {
            try directory.remove(file)
        } catch {
            removalFailed(error)
        }
    }

    func removalFailed(_ error: ErrorNumber) {
        let now = clock.now()
        nextRemoval = now + Self.retryInterval
        troubles.failed(SpoolError(.remove, options.directory, error), at: now, &change)
    }

    /// Releases an adopted directory that has nothing more to send, and removes it if it is empty.
    func release(_ directory: SpoolDirectory) {
        guard directory.leftovers.isEmpty else { return }
        adopted.removeAll { $0 === directory }
        if directory.hasForeignFiles { settle(directory.name) }
        removeFromDisk(directory)
        // The last survey had no room for all directories, and now there is room.
        if adopted.isEmpty, share.unadoptedBytes > 0 {
            share.unadoptedBytes = 0
            nextSurvey = clock.now()
        }
    }

    /// If the directory can't be removed, the next survey adopts it again and removes it then.
    func removeFromDisk(_ directory: SpoolDirectory) {
        do throws(ErrorNumber) {
            try root.withHandle { handle throws(ErrorNumber) in
                try directory.removeFromDisk(root: handle)
            }
        } catch {
            removalFailed(error)
        }
    }

    /// Remembers a name that needs no further attention.
    func settle(_ name: String) {
        guard settled.count < SpoolSurvey.directoryLimit else { return }
        settled.insert(name)
    }

    /// Retries the removals that failed.
    func retryRemovals(_ budget: inout SpoolBudget) {
        let now = clock.now()
        guard now >= nextRemoval else { return }
        let directories = adopted + [ownDirectory].compactMap { $0 }
        for directory in directories where !directory.leftovers.isEmpty {
            while !directory.leftovers.isEmpty {
                guard budget.spend() else { return }
                do throws(ErrorNumber) {
                    try directory.removeLeftover()
                } catch {
                    return removalFailed(error)
                }
            }
            if directory !== ownDirectory, directory.entries.first == nil { release(directory) }
        }
        troubles.worked(.remove, at: now, &change)
    }
}
