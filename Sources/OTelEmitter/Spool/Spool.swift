internal import Glibc

/// Batches on disk: what could not be delivered survives the process.
///
/// Each incarnation of a process has a directory of its own below the configured one, and holds a
/// lock in it while it lives. What the dead left is adopted: their batches are sent after those of
/// this process, oldest first. A batch is there again after a crash from the instant that `store`
/// returns until the instant that `finish` has removed its file; in between, a crash means that it
/// is sent twice, never that it is missing.
///
/// Used by the emitter's thread alone. No call waits for a lock or for another process, and none
/// opens more, reads more or removes more than its named limits say.
package final class Spool {
    /// Time between attempts while the disk makes trouble.
    static let retryInterval = Duration.seconds(5)
    /// Time without a batch to store after which the disk is tried without one.
    static let probeInterval = Duration.seconds(30)
    /// How often a file is read that can't be read, before it is left aside.
    static let readAttemptLimit = 3
    /// Damaged files that one call of `next` passes over, at most.
    static let skipLimit = 256

    let options: SpoolOptions
    let clock: EmitterClock
    let root: SpoolRoot
    let adoptsUnlocked: Bool
    private let incarnation: String
    private var sequence: UInt64 = 0
    var ownDirectory: SpoolDirectory?
    /// Directories of dead incarnations whose lock is held, oldest first.
    var adopted: [SpoolDirectory] = []
    /// What is not the spool's, or has nothing that it could send: looked at once.
    var settled: Set<String> = []
    var survey: SpoolSurvey?
    package var nextSurvey = MonotonicTime(nanoseconds: .min)
    var nextRemoval = MonotonicTime(nanoseconds: .min)
    /// What other processes have in the spool, as the last survey found it.
    var share = SpoolShare()
    var change = SpoolChange()
    var troubles = SpoolTroubles()
    /// The last failed attempt to store, until the next one is due.
    var storeFailure: (error: SpoolError, retryAt: MonotonicTime)?
    var readFailure: (error: SpoolError, retryAt: MonotonicTime)?
    var readAttempts = 0
    /// The batch that `next` gave last, so that an attempt that is repeated reads no file.
    var current: SpooledBatch?

    /// Does nothing to the disk yet.
    ///
    /// - Parameters:
    ///   - incarnation: tells this process from others that use the directory.
    ///   - adoptsUnlocked: whether directories without a lock are those of dead processes. Only an
    ///     operator can know.
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

    /// Batches of this process that wait.
    var own: SpoolVolume { ownDirectory?.entries.volume ?? SpoolVolume() }

    /// Batches of earlier incarnations that wait and that this process has adopted.
    var inherited: SpoolVolume {
        adopted.reduce(SpoolVolume()) { $0 + $1.entries.volume }
    }

    package var pending: SpoolVolume { own + inherited }

    /// Puts a batch on disk, behind all others of this process. It is there to stay when this
    /// returns; if it throws, the caller still has it.
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

    /// The next attempt to store is made whatever the last one ended with: there may be no other.
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

    /// The name of the next file; nil if the batch is larger than the spool may ever be.
    private func name(for batch: Batch) -> SpoolName? {
        guard batch.body.count <= SpoolName.bodyByteLimit else { return nil }
        let collectedAt = batch.collectedAt == 0 ? clock.wall() : batch.collectedAt
        let name = SpoolName(
            sequence: sequence, collectedAt: collectedAt, points: UInt32(clamping: batch.points),
            bytes: UInt32(batch.body.count))
        return name.fileBytes <= options.byteLimit ? name : nil
    }

    /// The directory that it lies in.
    private func write(
        _ batch: Batch, _ name: SpoolName
    ) throws(ErrorNumber) -> SpoolDirectory {
        // No two files share a number, whatever is left of one that failed.
        defer { sequence += 1 }
        let now = clock.wall()
        do throws(ErrorNumber) {
            let directory = try openOwn()
            try directory.store(batch, as: name, at: now) { makeRoom(for: name) }
            return directory
        } catch {
            guard error.isAboutRemoval else { throw error }
            // Somebody has removed the directory, and the batches in it before.
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

    /// Removes a batch that is delivered, or refused for good.
    ///
    /// False if it was given up meanwhile and is declared lost already.
    @discardableResult
    package func finish(_ batch: SpooledBatch) -> Bool {
        forgetCurrent(batch.name, of: batch.directory)
        guard batch.directory.entries.removeFirst(batch.name) else { return false }
        remove(batch.name.text, of: batch.directory)
        if batch.isInherited, batch.directory.entries.first == nil { release(batch.directory) }
        return true
    }

    /// Gives back all directories, and removes those that are empty. The spool is not used any
    /// more.
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

/// A batch that waits on disk, read and verified.
package struct SpooledBatch {
    package let batch: Batch
    /// Whether an earlier incarnation left it.
    let isInherited: Bool
    package let name: SpoolName
    package let directory: SpoolDirectory
}
