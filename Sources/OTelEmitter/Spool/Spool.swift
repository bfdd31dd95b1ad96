internal import Glibc

/// Keeps batches on disk, so that those that could not be delivered survive the process.
///
/// An incarnation is one run of a process. Each has its own directory below the configured one, and
/// holds a lock in it while it lives. The spool adopts the directories of dead incarnations, and
/// sends their batches after those of this process, oldest first.
///
/// Once `store` has returned, a crash can't lose the batch. If the process crashes before `finish`
/// has removed the file, the batch may be sent twice.
///
/// Only the emitter's thread uses the spool. No call waits for a lock or for another process. The
/// number of files that a call opens, reads and removes has named limits.
package final class Spool {
    /// The time between attempts while the disk fails.
    static let retryInterval = Duration.seconds(5)
    /// If there was no batch to store for this long, the disk is probed without one.
    static let probeInterval = Duration.seconds(30)
    /// How often the spool tries to read a file before it sets the file aside.
    static let readAttemptLimit = 3
    /// The highest number of damaged files that one call of `next` skips.
    static let skipLimit = 256

    let options: SpoolOptions
    let clock: EmitterClock
    let root: SpoolRoot
    let adoptsUnlocked: Bool
    private let incarnation: String
    private var sequence: UInt64 = 0
    var ownDirectory: SpoolDirectory?
    /// Directories of dead incarnations whose lock this process holds, oldest first.
    var adopted: [SpoolDirectory] = []
    /// Names that don't belong to the spool, or contain nothing to send. They are not examined
    /// again.
    var settled: Set<String> = []
    var survey: SpoolSurvey?
    package var nextSurvey = MonotonicTime(nanoseconds: .min)
    var nextRemoval = MonotonicTime(nanoseconds: .min)
    /// What other processes have in the spool, according to the last survey.
    var share = SpoolShare()
    var change = SpoolChange()
    var troubles = SpoolTroubles()
    /// The last failed attempt to store, until the next one is due.
    var storeFailure: (error: SpoolError, retryAt: MonotonicTime)?
    var readFailure: (error: SpoolError, retryAt: MonotonicTime)?
    var readAttempts = 0
    /// The batch that `next` returned last, so that a retry reads no file.
    var current: SpooledBatch?

    /// Creates the spool without touching the disk.
    ///
    /// - Parameters:
    ///   - incarnation: distinguishes this process from others that use the directory.
    ///   - adoptsUnlocked: whether directories without a lock belong to dead processes. Only an
    ///     operator can know this.
    package init(
        _ options: SpoolOptions, clock: EmitterClock, incarnation: String,
        files: SpoolFiles = .system, adoptsUnlocked: Bool = false
    ) {
        self.options = options
        self.clock = clock
        self.incarnation = incarnation
        self.adoptsUnlocked = adoptsUnlocked
        root = SpoolRoot(path: options.directory, files: files)
    }

    deinit {
        survey?.end()
    }

    /// The waiting batches of this process.
    var own: SpoolVolume { ownDirectory?.entries.volume ?? SpoolVolume() }

    /// The waiting batches of earlier incarnations that this process has adopted.
    var inherited: SpoolVolume {
        adopted.reduce(SpoolVolume()) { $0 + $1.entries.volume }
    }

    package var pending: SpoolVolume { own + inherited }

    /// Writes a batch to disk, after all others of this process. When this returns, the batch
    /// survives a crash. If it throws, the caller keeps the batch.
    @discardableResult
    func store(_ batch: Batch) throws(SpoolError) -> SpooledBatch {
        let now = clock.now()
        if let storeFailure, now < storeFailure.retryAt { throw storeFailure.error }
        guard let name = name(for: batch) else {
            throw SpoolError(.store, options.directory, ErrorNumber(EFBIG))
        }
        do throws(ErrorNumber) {
            let directory = try write(batch, name)
            storingWorked()
            return SpooledBatch(
                batch: batch, isInherited: false, name: name, directory: directory)
        } catch {
            throw storingFailed(error)
        }
    }

    /// Makes the next attempt to store happen even after a recent failure, because it may be the
    /// last one.
    func retryStoring() {
        storeFailure = nil
    }

    func storingWorked() {
        storeFailure = nil
        troubles.worked(.store, at: clock.now(), &change)
    }

    @discardableResult
    func storingFailed(_ error: ErrorNumber) -> SpoolError {
        let now = clock.now()
        let failure = SpoolError(.store, options.directory, error)
        storeFailure = (failure, now + Self.retryInterval)
        troubles.failed(failure, at: now, &change)
        return failure
    }

    /// The name of the next file, or nil if the batch alone is larger than the spool may be.
    private func name(for batch: Batch) -> SpoolName? {
        guard batch.body.count <= SpoolName.bodyByteLimit else { return nil }
        let collectedAt = batch.collectedAt == 0 ? clock.wall() : batch.collectedAt
        let name = SpoolName(
            sequence: sequence, collectedAt: collectedAt, points: UInt32(clamping: batch.points),
            bytes: UInt32(batch.body.count))
        return name.fileBytes <= options.byteLimit ? name : nil
    }

    /// Returns the directory that contains the file.
    private func write(
        _ batch: Batch, _ name: SpoolName
    ) throws(ErrorNumber) -> SpoolDirectory {
        // No two files share a number, even if a failed attempt has left a file behind.
        defer { sequence += 1 }
        let now = clock.wall()
        do throws(ErrorNumber) {
            let directory = try openOwn()
            try directory.store(batch, as: name, at: now) { makeRoom(for: name) }
            return directory
        } catch {
            guard error.isAboutRemoval else { throw error }
            // The directory was removed by someone else, with the batches in it.
            forgetOwn()
            let directory = try openOwn()
            try directory.store(batch, as: name, at: now) { makeRoom(for: name) }
            return directory
        }
    }

    func openOwn() throws(ErrorNumber) -> SpoolDirectory {
        if let ownDirectory { return ownDirectory }
        let made = try root.makeIncarnation(incarnation, at: clock.wall())
        ownDirectory = made
        survey?.skip(made.name)
        return made
    }

    func forgetOwn() {
        while let name = ownDirectory?.entries.first, let ownDirectory {
            drop(name, of: ownDirectory, .corrupt)
        }
        ownDirectory = nil
    }

    /// Removes a batch that was delivered or refused.
    ///
    /// Returns false if the batch was given up in the meantime and is already declared lost.
    @discardableResult
    package func finish(_ batch: SpooledBatch) -> Bool {
        forgetCurrent(batch.name, of: batch.directory)
        guard batch.directory.entries.removeFirst(batch.name) else { return false }
        remove(batch.name.text, of: batch.directory)
        if batch.isInherited, batch.directory.entries.first == nil { release(batch.directory) }
        return true
    }

    /// Releases all directories and removes the empty ones. The spool must not be used afterwards.
    package func close() {
        survey?.end()
        survey = nil
        current = nil
        let all = adopted + [ownDirectory].compactMap { $0 }
        adopted = []
        ownDirectory = nil
        for directory in all { removeFromDisk(directory) }
    }
}

/// A batch that waits on disk. It has been read and verified.
package struct SpooledBatch {
    package let batch: Batch
    /// Whether it comes from an earlier incarnation.
    let isInherited: Bool
    package let name: SpoolName
    package let directory: SpoolDirectory
}
