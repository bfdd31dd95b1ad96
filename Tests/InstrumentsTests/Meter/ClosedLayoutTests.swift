import Testing

@testable import Instruments

@Suite struct ClosedLayoutTests {
    private func layout(_ indices: [Int]) -> ClosedLayout { ClosedLayout(indices, within: 0..<8) }

    @Test func indicesInAnyOrderHaveTheirPlaces() {
        #expect(layout([]).places.isEmpty && layout([]).fault == nil)
        let swapped = layout([1, 2, 0])
        #expect(swapped.places == [2, 0, 1] && swapped.placed == [0, 1, 2])
        #expect(swapped.fault == nil)
    }

    @Test func faultsAreNamed() {
        let gap = layout([1, 3])
        #expect(gap.places == [-1, 0, -1, 1] && gap.placed == [0, 1])
        #expect(gap.fault?.contains("no set of the index 0") == true)
        let repeated = layout([0, 1, 1, 2])
        #expect(repeated.places == [0, -1, 1] && repeated.placed == [0, 3])
        #expect(repeated.fault?.contains("several sets of the index 1") == true)
        for indices in [[0, 8], [0, -1], [0, Int.max], [0, Int.min]] {
            #expect(layout(indices).places == [0])
            #expect(layout(indices).fault?.contains("index \(indices[1])") == true)
        }
    }
}
