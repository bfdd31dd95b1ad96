import TestSupport
import Testing

@testable import OTelEmitter

@Suite struct ThreadNameTests {
    @Test func nameIsSetReadAndFound() async {
        let names = await withCheckedContinuation { continuation in
            _ = Threads.start {
                let isSet = ThreadName.set("otel-name-of-a-test")
                let thread = ThreadName.thread(named: "otel-name-of-a-")
                continuation.resume(
                    returning: (isSet, ThreadName.current, thread.flatMap { ThreadName.of($0) }))
            }
        }
        // Cut to the system's limit.
        #expect(names.0)
        #expect(names.1 == "otel-name-of-a-" && names.2 == "otel-name-of-a-")
    }

    @Test func threadThatDoesNotExistHasNoName() {
        #expect(ThreadName.of(0) == nil && ThreadName.of(.max) == nil)
        #expect(ThreadName.thread(named: "no such thread") == nil)
    }
}
