internal import Glibc
package import OTelEmitter

/// What lies in a spool's directory, for an operator: only read, nothing is locked or changed.
package struct SpoolInspection: Sendable, Equatable {
    package enum Liveness: String, Sendable {
        case alive
        case dead
        /// Its file system has no locks.
        case unknown
    }

    package enum State: Sendable, Equatable {
        case sound
        /// It can't be sent, and why.
        case corrupt(String)
        /// It is not the spool's, or has a mark that this build does not know.
        case foreign
    }

    package struct File: Sendable, Equatable {
        package let name: String
        /// What its name says; zero if that is not the name of a batch.
        package let points: Int
        /// Of the body.
        package let bytes: Int
        /// Since it was collected; nil for foreign ones.
        package let age: Duration?
        package let state: State
    }

    package struct Incarnation: Sendable, Equatable {
        package let name: String
        package let liveness: Liveness
        /// In the order of sending, foreign ones last.
        package let files: [File]

        package var volume: SpoolVolume {
            files.filter { $0.state == .sound }.reduce(into: SpoolVolume()) { sum, file in
                sum.batches += 1
                sum.points += file.points
                sum.bytes += file.bytes + SpoolFormat.headerBytes
            }
        }
    }

    /// Oldest first.
    package let incarnations: [Incarnation]
    /// Names beside them that are not the spool's.
    package let foreign: [String]

    /// What waits, in all of them.
    package var volume: SpoolVolume {
        incarnations.reduce(SpoolVolume()) { $0 + $1.volume }
    }

    /// Reads a directory.
    ///
    /// - Parameter verifies: whether each batch is read and its checksum compared; otherwise its name
    ///   is believed.
    package init(directory: String, verifies: Bool = true) throws(SpoolError) {
        try self.init(directory: directory, verifies: verifies, clock: .system, files: .system)
    }

    init(
        directory: String, verifies: Bool, clock: EmitterClock, files: SpoolFiles
    ) throws(SpoolError) {
        let reader = SpoolInspector(files: files, now: clock.wall(), verifies: verifies)
        do throws(ErrorNumber) {
            (incarnations, foreign) = try reader.read(directory)
        } catch {
            throw SpoolError(.read, directory, error)
        }
    }
}
