internal import Glibc

extension Spool {
    /// The batch to send next, read and verified. It is the oldest batch of this process, or if
    /// there is none, the oldest batch of the oldest earlier incarnation. Calling it again for a
    /// retry reads no file.
    ///
    /// Nil if there is none, or if many damaged files were skipped. In the second case, `pending`
    /// is not empty and the next call continues.
    package func next() throws(SpoolError) -> SpooledBatch? {
        if let current, let source, current.directory === source,
            current.name == source.entries.first
        {
            return current
        }
        let now = clock.now()
        if let readFailure, now < readFailure.retryAt { throw readFailure.error }
        for _ in 0..<Self.skipLimit {
            guard let directory = source, let name = directory.entries.first else { return nil }
            do throws(ErrorNumber) {
                let decoded = try directory.read(name)
                readFailure = nil
                readAttempts = 0
                troubles.worked(.read, at: now, &change)
                if let found = take(decoded, name, directory) { return found }
            } catch {
                try readingFailed(error, name, directory)
            }
        }
        return nil
    }

    /// The directory that contains the next batch.
    private var source: SpoolDirectory? {
        if let ownDirectory, ownDirectory.entries.first != nil { return ownDirectory }
        return adopted.first { $0.entries.first != nil }
    }

    /// Returns nil if the file can't be used. It has then been removed or set aside.
    private func take(
        _ decoded: SpoolFormat.Decoded?, _ name: SpoolName, _ directory: SpoolDirectory
    ) -> SpooledBatch? {
        switch decoded {
        case .batch(let batch):
            let isInherited = directory !== ownDirectory
            current = SpooledBatch(
                batch: batch, isInherited: isInherited, name: name, directory: directory)
            return current
        case .foreign:
            leaveAlone(name, of: directory)
        case .damaged, nil:
            drop(name, of: directory, .corrupt)
            change.skippedFiles += 1
        }
        return nil
    }

    /// After some attempts, leaves a file that can't be read where it is. A later process may be
    /// able to read it, and this one continues with the next file.
    private func readingFailed(
        _ error: ErrorNumber, _ name: SpoolName, _ directory: SpoolDirectory
    ) throws(SpoolError) {
        let now = clock.now()
        let failure = SpoolError(.read, options.directory, error)
        troubles.failed(failure, at: now, &change)
        // These errors don't depend on the file.
        let isExhausted = [EMFILE, ENFILE, ENOMEM].contains(error.code)
        if !isExhausted { readAttempts += 1 }
        guard readAttempts >= Self.readAttemptLimit else {
            readFailure = (failure, now + Self.retryInterval)
            throw failure
        }
        readAttempts = 0
        readFailure = nil
        if setAside(name, of: directory) { change.lose(name.points, .corrupt) }
        change.skippedFiles += 1
    }

    /// A file that is not this build's: its data points lie there for whoever knows its mark, so
    /// they are not lost. Of what this process has stored, nothing is left then.
    private func leaveAlone(_ name: SpoolName, of directory: SpoolDirectory) {
        guard setAside(name, of: directory) else { return }
        change.skippedFiles += 1
        if directory === ownDirectory {
            change.lose(name.points, .corrupt)
        } else {
            change.foreignPoints += Int(name.points)
        }
    }

    /// False if the file does not wait any more.
    private func setAside(_ name: SpoolName, of directory: SpoolDirectory) -> Bool {
        guard directory.entries.removeFirst(name) else { return false }
        if forgetCurrent(name, of: directory) { change.givenUpCurrent = .corrupt }
        directory.hasForeignFiles = true
        if directory !== ownDirectory, directory.entries.first == nil { release(directory) }
        return true
    }
}
