internal import Glibc

/// Walks through the directories of all incarnations in bounded steps. It adopts those of dead
/// incarnations, oldest first, and measures the others.
package struct SpoolSurvey {
    /// The highest number of directories that are examined: the first ones that the disk lists.
    package static let directoryLimit = 10_000
    /// The highest number of dead incarnations' directories whose locks are held at the same time.
    /// Each of them takes two descriptors.
    static let adoptionLimit = 16
    /// The highest number of batches in one directory. This process neither writes nor adopts more
    /// at once.
    package static let fileLimit = 100_000
    /// The time from the end of one survey to the beginning of the next.
    static let interval = Duration.seconds(60)

    private static let foreignCodes = [EACCES, EPERM, ENOTDIR, ELOOP]

    /// The directory that is being listed.
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
    /// The directories still to visit. The oldest is last.
    private var names: [String] = []
    private var visit: Visit?
    private var visiting = ""
    private(set) var share = SpoolShare()
    /// The first error of the survey.
    private(set) var failure: ErrorNumber?

    /// The result of one step.
    enum Finding {
        case nothing
        /// The directory of a dead incarnation, whose lock this process now holds.
        case adopted(SpoolDirectory, foreignFiles: Int)
        /// A file or directory that does not belong to the spool, and stays.
        case foreign(String)
        case end
    }

    /// - Parameter skipped: directories that this process holds, or has finished with.
    init(
        _ root: Int32, _ files: SpoolFiles, skipping skipped: Set<String>, adoptsUnlocked: Bool
    ) throws(ErrorNumber) {
        self.files = files
        self.root = root
        self.skipped = skipped
        self.adoptsUnlocked = adoptsUnlocked
        listing = try files.list(root)
    }

    /// Skips a directory that this process has created in the meantime.
    mutating func skip(_ name: String) {
        skipped.insert(name)
    }

    /// Releases what the survey has opened.
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
        // The next directories may be usable.
        (visit, listing) = (nil, nil)
        switch error.code {
        case ENOENT: break
        // The directory belongs to another user, or is not a directory.
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
        // Without room to adopt it, it does not matter yet whether its process is alive.
        let holder = mayAdopt ? try directory.takeLock() : .notAsked
        if case .gone = holder { return }
        visit = Visit(
            directory: directory, listing: try files.list(directory.handle), holder: holder)
    }

    /// Notes one name in the directory that is being visited.
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
                    // The removal is tried again later. The batches don't have to wait for it.
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
