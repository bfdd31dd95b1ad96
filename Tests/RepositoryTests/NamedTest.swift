/// A test that a document names: a file below `Tests` and a function in it.
struct NamedTest: Equatable {
    let file: String
    let function: String

    /// The tests that a table's cell names: `` `file`: `function`, `function`; `file`: … ``.
    static func all(in cell: String) -> [NamedTest] {
        cell.split(separator: ";").flatMap { part in
            let names = part.split(separator: "`", omittingEmptySubsequences: false).enumerated()
                .filter { $0.offset % 2 == 1 }
                .map { String($0.element) }
            return names.dropFirst().map { NamedTest(file: names[0], function: $0) }
        }
    }

    /// Whether there is such a function.
    func exists() throws -> Bool {
        guard Repository.exists("Tests/\(file)") else { return false }
        return try Repository.text("Tests/\(file)")?.contains("func \(function)(") == true
    }

    /// The cells of a line of a table, without the spaces around them; empty if it is none.
    static func cells(of line: some StringProtocol) -> [String] {
        guard line.hasPrefix("|") else { return [] }
        return line.split(separator: "|", omittingEmptySubsequences: false).map { cell in
            String(cell.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
        }
    }
}
