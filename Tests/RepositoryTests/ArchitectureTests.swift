import Testing

/// The files that `Documentation/architecture.md` leads along exist.
@Suite struct ArchitectureTests {
    /// The files of a numbered list below a heading, in their order.
    private func files(below heading: String) throws -> [String] {
        let text = try #require(try Repository.text("Documentation/architecture.md"))
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let section = lines.drop { $0 != "## \(heading)" }.dropFirst()
            .prefix { !$0.hasPrefix("## ") }
        return section.filter { $0.first?.isNumber == true }.compactMap { line in
            line.split(separator: "`").dropFirst().first.map(String.init)
        }
    }

    @Test(arguments: [
        "The way of one measurement", "The way of a delivery that fails", "The way of a scrape",
    ])
    func everyFileOnTheWayExists(heading: String) throws {
        let files = try files(below: heading)
        #expect(files.count > 5)
        for file in files {
            #expect(Repository.files.contains(file), "\(heading): \(file) does not exist")
        }
        #expect(Set(files).count == files.count)
    }

    /// A newcomer should not have to open more.
    @Test func theWayOfAMeasurementIsShort() throws {
        #expect(try files(below: "The way of one measurement").count <= 38)
    }

    @Test func everyFileToTouchExists() throws {
        let text = try #require(try Repository.text("Documentation/architecture.md"))
        let paths = text.split(separator: "`").filter { $0.hasPrefix("Sources/") }
        #expect(paths.count > 40)
        for path in paths where !path.contains("…") && !path.contains("{") {
            let exists =
                Repository.files.contains(String(path))
                || Repository.files.contains { $0.hasPrefix(path + "/") }
            #expect(exists, "\(path) does not exist")
        }
    }
}
