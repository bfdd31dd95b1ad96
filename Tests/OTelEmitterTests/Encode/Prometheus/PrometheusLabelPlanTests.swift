import Instruments
import JSONText
import Testing

@testable import OTelEmitter

@Suite struct PrometheusLabelPlanTests {
    private let plan = PrometheusLabelPlan(
        [Array("a.b".utf8), Array("z".utf8)],
        [
            .init(name: "a_b", value: .attribute(0)), .init(name: "s", value: .fixed("q\"")),
            .init(name: "z", value: .attribute(1)),
        ])

    /// What the plan writes; nil if it can't.
    private func written(_ set: AttributeSet) -> String? {
        var attributes: [AttributeInPlace] = []
        var text = ByteBuffer()
        defer { withExtendedLifetime(set) {} }
        set.readInPlace(into: &attributes)
        guard plan.suits(attributes), plan.write(attributes, to: &text) else { return nil }
        return String(decoding: text.bytes(), as: UTF8.self)
    }

    @Test func valuesStandBetweenWhatAllPointsHave() {
        #expect(written(["a.b": "1", "z": "\n"]) == #"a_b="1",s="q\"",z="\n""#)
        #expect(written(["z": 2.5, "a.b": .empty]) == nil)
        #expect(written(["z": 2.5, "a.b": false]) == #"a_b="false",s="q\"",z="2.5""#)
    }

    @Test(
        arguments: [
            [:], ["a.b": "1"], ["a.b": "1", "y": "2"], ["a.b": "1", "z": "2", "zz": "3"],
            ["a_b": "1", "z": "2"], ["a.bz": "1", "": "2"],
        ] as [AttributeSet])
    func otherKeysDoNotSuit(set: AttributeSet) {
        #expect(written(set) == nil)
    }

    @Test func keysThatBecomeOneLabelHaveNoPlan() {
        let joined = PrometheusLabelPlan([Array("a".utf8)], nil)
        var attributes: [AttributeInPlace] = []
        let set: AttributeSet = ["a": "1"]
        set.readInPlace(into: &attributes)
        var text = ByteBuffer()
        #expect(joined.suits(attributes))
        #expect(!joined.write(attributes, to: &text))
        withExtendedLifetime(set) {}
    }
}
