internal import Glibc

extension Spool {
    /// The batch to send next, read and verified: the oldest of this process; if there is none, the
    /// oldest of the oldest incarnation before. An attempt that is repeated reads no file.
    ///
    /// Nil if there is none, or if many damaged files were passed over: then `pending` is not
    /// empty, and the next call goes on.
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

    /// The directory of the next batch.
    private var source: SpoolDirectory? {
        if let ownDirectory, ownDirectory.entries.first != nil { return ownDirectory }
        return adopted.first { $0.entries.first != nil }
    }

    /// Nil if the file is of no use; then it is out of the way.
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

    /// Leaves a file that can't be read where it is, after some attempts: a later process may have
    /// more luck, and this one goes on with the next.
    private func readingFailed(
        _ error: ErrorNumber, _ name: SpoolName, _ directory: SpoolDirectory
    ) throws(SpoolError) {
        let now = clock.now()
        let failure = SpoolError(.read, options.directory, error)
        troubles.failed(failure, at: now, &change)
        // These say nothing about the file.
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
