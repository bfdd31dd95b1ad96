import JSONText
import RPPTelemetry
import Testing

@testable import dashboards

@Suite struct GridTests {
    private func places(_ grid: Grid) -> [[Int64?]] {
        grid.placed.map { panel in
            ["x", "y", "w", "h"].map { panel["gridPos"]?[$0]?.integer }
        }
    }

    @Test func panelsOfALineAreEquallyHigh() throws {
        let target = Target(try Catalogue.blockHeight.chosen.level())
        var grid = Grid()
        try grid.place(
            Section(
                "A", try .figure("1", "1.", width: 6, target), try .graph("2", "2.", target),
                try .figure("3", "3.", width: 8, target)))
        try grid.place(Section("B", try .graph("4", "4.", width: 24, target)))
        #expect(
            places(grid) == [
                [0, 0, 24, 1], [0, 1, 6, 8], [6, 1, 12, 8], [0, 9, 8, 4], [0, 13, 24, 1],
                [0, 14, 24, 8],
            ])
        #expect(grid.placed.map { $0["id"]?.integer } == [1, 2, 3, 4, 5, 6])
    }
}
