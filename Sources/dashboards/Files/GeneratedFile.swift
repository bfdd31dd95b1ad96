/// A file that is generated from the catalogue.
struct GeneratedFile: Equatable {
    /// The path below the folder `collector-config`.
    let path: String
    let bytes: [UInt8]

    /// All generated files, in the order of their paths.
    static func all() throws(QueryProblem) -> [GeneratedFile] {
        var files: [GeneratedFile] = []
        for board in [
            try Board.bandwidthOverview(), try .peerScoreDrilldown(), try .consensus(),
            try .runtime(), try .emitterHealth(),
        ] {
            files.append(
                GeneratedFile(
                    path: "dashboards/\(board.name).json",
                    bytes: PrettyJSON.bytes(of: try board.json())))
        }
        for (name, rules) in [
            ("alerts", try RuleFile.alerts()), ("recording", try RuleFile.recordings()),
        ] {
            files.append(
                GeneratedFile(path: "rules/\(name).yaml", bytes: Array(rules.text.utf8)))
        }
        return files.sorted { $0.path < $1.path }
    }
}
