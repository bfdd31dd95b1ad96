import Testing

@testable import Instruments

@Suite struct ViewMatchingTests {
    @Test func filtersAreJoinedByAnd() {
        let keys: Set = ["a", "b", "c", "d"]
        let filters: [AttributeFilter] = [
            .only([]), .only(["a", "b"]), .only(["b", "c"]), .except([]), .except(["a"]),
            .except(["b", "d"]),
        ]
        for left in filters {
            for right in filters {
                let both = left.and(right)
                for key in keys {
                    #expect(both.keeps(key) == (left.keeps(key) && right.keeps(key)))
                }
            }
        }
    }

    @Test func independentViewsStayApart() {
        let views = [View(.init(), name: "x"), View(.init(), name: "X"), View(.init())]
        #expect(ViewMatching.independent.streams(of: views, instrument: "x").count == 3)
        // Names are compared as receivers compare them.
        #expect(ViewMatching.composable.streams(of: views, instrument: "x").count == 1)
        #expect(ViewMatching.composable.streams(of: views, instrument: "y").count == 2)
        #expect(ViewMatching.composable.streams(of: [], instrument: "y").isEmpty)
    }
}
