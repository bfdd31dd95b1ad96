internal import Glibc

/// Walks through the directories of all incarnations, in bounded steps: adopts those of the dead,
/// oldest first, and measures the others.
package struct SpoolSurvey {
    /// Directories that are looked at, at most: the first that the disk lists, in its own order.
    package static let directoryLimit = 10_000
    /// Directories of the dead whose locks are held at once; each takes two descriptors.
    static let adoptionLimit = 16
    /// Batches in one directory, at most; this process writes no more, and adopts no more at once.
    package static let fileLimit = 100_000
    /// Time between the ends of one survey and the begin of the next.
    static let interval = Duration.seconds(60)

    private static let foreignCodes = [EACCES, EPERM, ENOTDIR, ELOOP]

    /// A directory that is being listed.
    private struct Visit {
        let directory: SpoolDirectory
        let listing: SpoolListing
        let holder: SpoolDirectory.Holder
        var volume = SpoolVolume()
        var foreignFiles = 0
        var temporary: [String] = []
    }

    private let files: SpoolFiles
    private let root: Int32
    private let adoptsUnlocked: Bool
    private var skipped: Set<String>
    private var listing: SpoolListing?
    /// The directories still to visit, the oldest last.
    private var names: [String] = []
    private var visit: Visit?
    private var visiting = ""
    private(set) var share = SpoolShare()
    /// The first trouble that was met.
    private(set) var failure: ErrorNumber?

    /// What one step has found.
    enum Finding {
        case nothing
        /// A directory of a dead incarnation, whose lock is held now.
        case adopted(SpoolDirectory, foreignFiles: Int)
        /// Something that is not the spool's, and stays.
        case foreign(String)
        case end
    }

    /// - Parameter skipped: directories that this process holds, or has done with.
    init(
        _ root: Int32, _ files: SpoolFiles, skipping skipped: Set<String>, adoptsUnlocked: Bool
    ) throws(ErrorNumber) {
        self.files = files
        self.root = root
        self.skipped = skipped
        self.adoptsUnlocked = adoptsUnlocked
        listing = try files.list(root)
    }

    /// Leaves a directory out that this process has made meanwhile.
    mutating func skip(_ name: String) {
        skipped.insert(name)
    }

    /// Gives back what the survey has opened.
    func end() {
        files.discard(root)
    }

    /// - Parameter mayAdopt: whether there is room for one more directory.
    mutating func step(at now: UInt64, mayAdopt: Bool) -> Finding {
        do throws(ErrorNumber) {
            if let listing {
                guard let name = try listing.next() else {
                    self.listing = nil
                    names.sort(by: >)
                    return .nothing
                }
                return found(name)
            }
            if visit != nil { return try listOne(at: now) }
            guard let name = names.popLast() else { return .end }
            try begin(name, mayAdopt: mayAdopt)
        } catch {
            return failed(error)
        }
        return .nothing
    }

    private mutating func failed(_ error: ErrorNumber) -> Finding {
        let isAboutOne = listing == nil
        // The directories that follow may be better off.
        (visit, listing) = (nil, nil)
        switch error.code {
        case ENOENT: break
        // Another user's, or no directory at all.
        case let code where isAboutOne && Self.foreignCodes.contains(code):
            return .foreign(visiting)
        default: failure = failure ?? error
        }
        return .nothing
    }

    private mutating func found(_ name: String) -> Finding {
        guard !skipped.contains(name) else { return .nothing }
        guard SpoolIncarnationName.isValid(name) else { return .foreign(name) }
        if names.count < Self.directoryLimit { names.append(name) }
        return .nothing
    }

    private mutating func begin(_ name: String, mayAdopt: Bool) throws(ErrorNumber) {
        guard !skipped.contains(name) else { return }
        visiting = name
        let directory = try SpoolDirectory(name, in: root, files)
        // Without room it is not known whether it is alive, and it does not matter yet.
        let holder = mayAdopt ? try directory.takeLock() : .notAsked
        if case .gone = holder { return }
        visit = Visit(
            directory: directory, listing: try files.list(directory.handle), holder: holder)
    }

    /// Takes in one name of the directory that is being visited.
    private mutating func listOne(at now: UInt64) throws(ErrorNumber) -> Finding {
        guard var visit else { return .nothing }
        guard let name = try visit.listing.next() else {
            self.visit = nil
            return finish(visit)
        }
        if let batch = SpoolName(name) {
            if visit.volume.batches < Self.fileLimit {
                if visit.holder == .thisProcess {
                    visit.directory.entries.append(batch, seenAt: now)
                }
                visit.volume.add(batch)
            }
        } else if name == SpoolName.temporary {
            visit.temporary.append(name)
        } else if name == SpoolName.unlocked {
            visit.directory.isUnlocked = true
        } else if name != SpoolName.lock {
            visit.foreignFiles += 1
        }
        self.visit = visit
        return .nothing
    }

    private mutating func finish(_ visit: Visit) -> Finding {
        let isDead = !visit.directory.isUnlocked || adoptsUnlocked
        switch visit.holder {
        case .thisProcess where isDead:
            visit.directory.entries.sort()
            visit.directory.hasForeignFiles = visit.foreignFiles > 0
            for name in visit.temporary {
                do throws(ErrorNumber) {
                    try visit.directory.remove(name)
                } catch {
                    // It is tried again later; the batches don't have to wait for that.
                    failure = failure ?? error
                }
            }
            return .adopted(visit.directory, foreignFiles: visit.foreignFiles)
        case .thisProcess, .another, .nobodyCanTell:
            share.living += 1
            share.livingBytes += visit.volume.bytes
        case .notAsked, .gone:
            share.unadoptedBytes += visit.volume.bytes
        }
        return .nothing
    }
}
