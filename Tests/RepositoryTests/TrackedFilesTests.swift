import Testing

/// Nothing of the machine that a file was written on gets into the repository.
@Suite struct TrackedFilesTests {
    /// All files that are text, with their lines.
    private func lines() throws -> [(place: String, text: Substring)] {
        try Repository.files.flatMap { path in
            let text = try Repository.text(path) ?? ""
            return zip(1..., text.split(separator: "\n", omittingEmptySubsequences: false))
                .map { ("\(path):\($0)", $1) }
        }
    }

    @Test func noPathOfAMachineOccurs() throws {
        // Put together here, so that this file does not hold them itself.
        let folders = ["work", "root", "home"].map { "/" + $0 }
        let found = try lines().filter { line in
            folders.contains { Self.hasAbsolutePath($0, in: line.text) }
        }
        #expect(found.map(\.place) == [])
    }

    @Test func noHostOfAPrivateNetworkOccurs() throws {
        let marks = [
            "artifactory", "nexus", "mirror", "registry.", "proxy.", ".internal", ".corp", ".lan",
            ".intranet",
        ]
        let found = try lines().filter { line in
            Self.hosts(in: line.text).contains { host in
                marks.contains { host.contains($0) } || Self.isRemoteAddress(host)
            }
        }
        #expect(found.map(\.place) == [])
    }

    @Test func noMarkOfAMergeIsLeft() throws {
        let marks = ["<", "=", ">"].map { String(repeating: $0, count: 7) }
        let found = try lines().filter { line in marks.contains { line.text.hasPrefix($0) } }
        #expect(found.map(\.place) == [])
    }

    @Test func programsAreExecutableAndNothingElseIs() throws {
        for path in Repository.files {
            let isProgram = try Repository.text(path)?.hasPrefix("#!") ?? false
            #expect(
                Repository.isExecutable(path) == isProgram,
                "\(path) \(isProgram ? "has a #! line but no" : "has the") executable bit")
        }
        let expected = [
            "scripts/demo", "scripts/endurance", "scripts/test", ".ci/run",
            "collector-config/get-otelcol",
        ]
        for path in expected {
            #expect(Repository.files.contains(path), "\(path) is missing")
        }
    }

    @Test func scannersSeeWhatTheyAreFor() {
        let folder = "/" + "home"
        #expect(Self.hasAbsolutePath(folder, in: "cd \(folder)/me"))
        #expect(Self.hasAbsolutePath(folder, in: "\(folder)"))
        #expect(!Self.hasAbsolutePath(folder, in: "go\(folder)/me"))
        #expect(!Self.hasAbsolutePath(folder, in: "\(folder)page"))
        #expect(Self.hosts(in: "see https://a.b:80/c and http://d") == ["a.b", "d"])
        #expect(Self.isRemoteAddress("10.1.2.3"))
        #expect(!Self.isRemoteAddress("127.0.0.1"))
        #expect(!Self.isRemoteAddress("0.0.0.0"))
    }

    private static func hasAbsolutePath(_ folder: String, in line: some StringProtocol) -> Bool {
        let line = String(line)
        return line.ranges(of: folder).contains { range in
            let before = line[..<range.lowerBound].last
            let after = line[range.upperBound...].first
            let isStart = before.map { !$0.isLetter && !$0.isNumber && !"_.}-$/".contains($0) }
            let isEnd = after.map { !$0.isLetter && !$0.isNumber && !"_.-".contains($0) }
            return (isStart ?? true) && (isEnd ?? true)
        }
    }

    private static func hosts(in line: some StringProtocol) -> [String] {
        let line = String(line)
        return line.ranges(of: "://").map { range in
            line[range.upperBound...].prefix {
                $0.isLetter || $0.isNumber || $0 == "." || $0 == "-"
            }.lowercased()
        }
    }

    private static func isRemoteAddress(_ host: String) -> Bool {
        let parts = host.split(separator: ".")
        return parts.count == 4 && parts.allSatisfy { UInt8($0) != nil } && parts[0] != "127"
            && host != "0.0.0.0"
    }
}
