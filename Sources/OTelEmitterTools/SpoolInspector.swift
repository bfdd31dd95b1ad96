internal import Glibc
internal import OTelEmitter

/// Reads a spool's directory for `SpoolInspection`.
struct SpoolInspector {
    let files: SpoolFiles
    /// Nanoseconds since 1970.
    let now: UInt64
    let verifies: Bool

    func read(
        _ path: String
    ) throws(ErrorNumber) -> (incarnations: [SpoolInspection.Incarnation], foreign: [String]) {
        let root = try files.open(SpoolFiles.workingDirectory, path, .root)
        defer { files.discard(root) }
        var incarnations: [SpoolInspection.Incarnation] = []
        var foreign: [String] = []
        for name in try names(in: root, limit: SpoolSurvey.directoryLimit) {
            guard SpoolIncarnationName.isValid(name) else {
                foreign.append(name)
                continue
            }
            do throws(ErrorNumber) {
                let directory = try SpoolDirectory(name, in: root, files)
                incarnations.append(try read(directory))
            } catch {
                // It may have been removed since it was listed.
                if error.code != ENOENT { foreign.append(name) }
            }
        }
        return (incarnations, foreign)
    }

    private func names(in handle: Int32, limit: Int) throws(ErrorNumber) -> [String] {
        let listing = try files.list(handle)
        var names: [String] = []
        while names.count < limit, let name = try listing.next() { names.append(name) }
        return names.sorted()
    }

    private func read(
        _ directory: SpoolDirectory
    ) throws(ErrorNumber) -> SpoolInspection.Incarnation {
        var batches: [SpoolInspection.File] = []
        var foreign: [SpoolInspection.File] = []
        var liveness = try liveness(directory)
        // Names of batches sort by their sequence.
        for name in try names(in: directory.handle, limit: SpoolSurvey.fileLimit) {
            if let batch = SpoolName(name) {
                if let file = file(batch, directory) { batches.append(file) }
            } else if name == SpoolName.unlocked {
                liveness = .unknown
            } else if name != SpoolName.lock, name != SpoolName.temporary {
                foreign.append(
                    SpoolInspection.File(
                        name: name, points: 0, bytes: 0, age: nil, state: .foreign))
            }
        }
        return SpoolInspection.Incarnation(
            name: directory.name, liveness: liveness, files: batches + foreign)
    }

    private func liveness(
        _ directory: SpoolDirectory
    ) throws(ErrorNumber) -> SpoolInspection.Liveness {
        let lock: Int32
        do throws(ErrorNumber) {
            lock = try files.open(directory.handle, SpoolName.lock, .reading)
        } catch ErrorNumber(ENOENT) {
            return .dead
        }
        defer { files.discard(lock) }
        do throws(ErrorNumber) {
            return try files.isLocked(lock) ? .alive : .dead
        } catch {
            return .unknown
        }
    }

    /// Nil if it was removed since it was listed.
    private func file(_ name: SpoolName, _ directory: SpoolDirectory) -> SpoolInspection.File? {
        guard let state = state(name, directory) else { return nil }
        let age = name.collectedAt < now ? now - name.collectedAt : 0
        return SpoolInspection.File(
            name: name.text, points: Int(name.points), bytes: Int(name.bytes),
            age: .nanoseconds(Int64(clamping: age)), state: state)
    }

    private func state(
        _ name: SpoolName, _ directory: SpoolDirectory
    ) -> SpoolInspection.State? {
        guard verifies else { return .sound }
        do throws(ErrorNumber) {
            switch try directory.read(name) {
            case .batch: return .sound
            case .foreign: return .foreign
            case .damaged(let damage): return .corrupt(damage.rawValue)
            case nil: return nil
            }
        } catch {
            return .corrupt(String(cString: strerror(error.code)))
        }
    }
}
