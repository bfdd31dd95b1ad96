import TestSupport
import Testing

@testable import Instruments

@Suite struct MeterProviderGlobalTests {
    /// A2.1. The only test that touches the global provider; it leaves it as it was.
    @Test func a2_1_theGlobalProviderIsDisabledUntilOneIsSet() {
        let disabled = MeterProvider.global
        defer { MeterProvider.global = disabled }
        let early = MeterProvider.global.meter("m").counter("c")
        early.add(1)
        #expect(!early.isEnabled)
        #expect(MeterProvider.global.collect().scopes.isEmpty)
        let provider = MeterProvider()
        MeterProvider.global = provider
        #expect(MeterProvider.global === provider)
        early.add(1)
        #expect(!early.isEnabled && provider.collect().scopes.isEmpty)
        MeterProvider.global.meter("m").counter("c").add(2)
        #expect(provider.collected("c")?.values == [.int(2)])
        // The latest one counts, and none is kept longer.
        weak var former: MeterProvider?
        do {
            let next = MeterProvider()
            former = next
            MeterProvider.global = next
        }
        Threads.run(4) { thread in
            for _ in 0..<100 {
                if thread == 0 { MeterProvider.global = MeterProvider() }
                MeterProvider.global.meter("m").counter("c").add(1)
            }
        }
        #expect(former == nil)
    }
}
