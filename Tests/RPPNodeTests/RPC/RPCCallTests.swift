import Testing

@testable import rpp_node

struct RPCCallTests {
    private func calls(seed: UInt64, _ count: Int = 2000) -> [RPCCall] {
        var generator = SplitMix64(seed: seed)
        return (0..<count).map { _ in RPCCall.random(using: &generator) }
    }

    @Test func theSeedDecidesTheCalls() {
        #expect(calls(seed: 1, 50) == calls(seed: 1, 50))
        #expect(calls(seed: 1, 50) != calls(seed: 2, 50))
    }

    @Test func everyRouteIsCalledAndOneCallInTenIsWrong() {
        let calls = calls(seed: 3)
        for route in RPCRoute.allCases {
            #expect(calls.contains { $0.target.hasPrefix(route.rawValue) }, "\(route)")
        }
        let marks = ["nobody", "height=999999999", "/no/such/path", "backend=plonky3"]
        let wrong = calls.count { call in
            let isSubmission = call.target == RPCRoute.submitTransaction.rawValue
            return marks.contains { call.target.contains($0) }
                || isSubmission && (call.form == nil || call.form == "from=me")
        }
        // Ten of a hundred, with room for a deviation of more than five sigma.
        #expect((130...270).contains(wrong), "\(wrong)")
    }

    @Test func nobodyPaysHimself() {
        for form in calls(seed: 4).compactMap(\.form) where form != "from=me" {
            let values = form.split(separator: "&").map { $0.split(separator: "=").last ?? "" }
            #expect(values.count == 4 && values[0] != values[1], "\(form)")
        }
    }
}
