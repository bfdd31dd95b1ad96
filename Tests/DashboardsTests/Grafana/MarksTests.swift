import JSONText
import Testing

@testable import dashboards

@Suite struct MarksTests {
    @Test func theFirstColourHasNoValueAndTheOthersBeginAtTheirs() throws {
        let marks = Marks(.green, (.number(1), .yellow), (.number(5), .darkRed))
        let expected: JSONValue = [
            "mode": "absolute",
            "steps": [
                ["color": "green", "value": nil], ["color": "yellow", "value": 1],
                ["color": "dark-red", "value": 5],
            ],
        ]
        #expect(try marks.json(in: .number) == expected)
    }

    @Test func aQuantityThatDoesNotFitIsAProblem() {
        #expect(throws: QueryProblem.self) { try Marks.nothing.json(in: .milliseconds) }
    }
}
