import Foundation
import TestSupport
import Testing

@testable import OTelEmitter
import OTelEmitterTools
@testable import otel_emit

@Suite struct SpoolTextTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func text(verifies: Bool = true) throws -> SpoolText {
        let inspection = try SpoolInspection(directory: folder.path, verifies: verifies)
        return SpoolText(inspection, verifies: verifies)
    }

    @Test func anEmptyDirectoryIsOneLine() throws {
        let text = try text()
        #expect(text.lines == ["0 incarnations, 0 batches, 0 points, 0 bytes, 0 corrupt"])
        #expect(!text.hasCorruptFiles)
        #expect(try self.text(verifies: false).lines.last?.hasSuffix(" (not verified)") == true)
    }

    @Test func foreignNamesAreShownWithoutControlCharacters() throws {
        try Data().write(to: URL(fileURLWithPath: folder.file("a\u{1B}[31mb")))
        let lines = try text().lines
        #expect(lines.count == 2)
        #expect(lines[0].hasSuffix("  not the spool's") && !lines[0].contains("\u{1B}"))
    }
}
