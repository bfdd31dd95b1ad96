internal import Glibc

extension Spool {
    /// Gives a batch up, the first of its directory, and declares it lost.
    func drop(_ name: SpoolName, of directory: SpoolDirectory, _ reason: LossReason) {
        guard directory.entries.removeFirst(name) else { return }
        if forgetCurrent(name, of: directory) { change.givenUpCurrent = reason }
        change.lose(name.points, reason)
        remove(name.text, of: directory)
        if directory !== ownDirectory, directory.entries.first == nil { release(directory) }
    }

    /// True if that was the batch that `next` gave last.
    @discardableResult
    func forgetCurrent(_ name: SpoolName, of directory: SpoolDirectory) -> Bool {
        guard current?.name == name, current?.directory === directory else { return false }
        current = nil
        return true
    }

    /// Removes a file now, or as soon as the disk lets it.
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

    /// Gives an adopted directory back that has nothing more to send, and removes it if it is
    /// empty.
    func release(_ directory: SpoolDirectory) {
        guard directory.leftovers.isEmpty else { return }
        adopted.removeAll { $0 === directory }
        if directory.hasForeignFiles { settle(directory.name) }
        removeFromDisk(directory)
        // The last survey has left some for want of room, and now there is room.
        if adopted.isEmpty, share.unadoptedBytes > 0 {
            share.unadoptedBytes = 0
            nextSurvey = clock.now()
        }
    }

    /// A directory that can't be removed is adopted anew by the next survey, and removed then.
    func removeFromDisk(_ directory: SpoolDirectory) {
        do throws(ErrorNumber) {
            try root.withHandle { handle throws(ErrorNumber) in
                try directory.removeFromDisk(root: handle)
            }
        } catch {
            removalFailed(error)
        }
    }

    /// Remembers that there is nothing to do about a name.
    func settle(_ name: String) {
        guard settled.count < SpoolSurvey.directoryLimit else { return }
        settled.insert(name)
    }

    /// Tries again to remove what could not be removed.
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
