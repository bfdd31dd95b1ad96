import Testing

@testable import Instruments

@Suite struct ResourceTests {
    @Test func theUpdatingResourceWinsEvenIfEmpty() {
        let old = Resource(["a": 1, "b": 2])
        let merged = old.merging(Resource(["b": "", "c": 3]))
        #expect(merged.attributes == ["a": 1, "b": "", "c": 3])
        #expect(old.attributes == ["a": 1, "b": 2])
    }

    @Test(arguments: [
        ("", "", ""), ("u", "", "u"), ("", "u", "u"), ("u", "u", "u"), ("u", "v", ""),
    ])
    func schemaURLsAreReconciled(old: String, updating: String, merged: String) {
        let result = Resource(schemaURL: old).merging(Resource(schemaURL: updating))
        #expect(result.schemaURL == merged)
    }

    @Test func allFourPartsIdentifyAScope() {
        let scopes: Set = [
            InstrumentationScope(name: "a"), InstrumentationScope(name: "A"),
            InstrumentationScope(name: "a", version: "1"),
            InstrumentationScope(name: "a", schemaURL: "u"),
            InstrumentationScope(name: "a", attributes: ["k": 1]),
            InstrumentationScope(name: "a", attributes: ["k": 1.0]),
        ]
        #expect(scopes.count == 6)
        for left in scopes {
            for right in scopes {
                #expect(left.precedes(right) == (left != right && !right.precedes(left)))
            }
        }
    }
}
