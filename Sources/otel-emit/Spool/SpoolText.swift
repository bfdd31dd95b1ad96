internal import OTelEmitter
internal import OTelEmitterTools

/// The content of a spool as lines of text.
struct SpoolText {
    let lines: [String]
    let hasCorruptFiles: Bool

    /// - Parameter verifies: whether the inspection has read the batches.
    init(_ inspection: SpoolInspection, verifies: Bool) {
        var lines: [String] = []
        var corrupt = 0
        for incarnation in inspection.incarnations {
            let volume = incarnation.volume
            lines.append(
                "\(incarnation.name)  \(incarnation.liveness.rawValue)  \(Self.text(volume))")
            for file in incarnation.files {
                if case .corrupt = file.state { corrupt += 1 }
                lines.append("  " + Self.line(file, verifies: verifies))
            }
        }
        lines += inspection.foreign.map { "\(Self.name($0))  not the spool's" }
        let plural = inspection.incarnations.count == 1 ? "" : "s"
        lines.append(
            "\(inspection.incarnations.count) incarnation\(plural), \(Self.text(inspection.volume)), \(corrupt)"
                + " corrupt" + (verifies ? "" : " (not verified)"))
        self.lines = lines
        hasCorruptFiles = corrupt > 0
    }

    private static func line(_ file: SpoolInspection.File, verifies: Bool) -> String {
        let state: String
        switch file.state {
        case .sound: state = verifies ? "sound" : "waiting"
        case .corrupt(let reason): state = "CORRUPT: \(reason)"
        case .foreign: return "\(name(file.name))  not this version's"
        }
        let age = file.age.map { "\($0.components.seconds) s" } ?? "?"
        return "\(name(file.name))  \(file.points) points  \(file.bytes) bytes  \(age)  \(state)"
    }

    private static func text(_ volume: SpoolVolume) -> String {
        let plural = volume.batches == 1 ? "" : "es"
        return "\(volume.batches) batch\(plural), \(volume.points) points, \(volume.bytes) bytes"
    }

    /// A file name, which others may have chosen.
    private static func name(_ name: String) -> String { Measurement.shown(name) }
}
