import TestSupport
import Testing

@testable import OTelEmitter

@Suite struct ThreadNameTests {
    @Test func nameIsSetReadAndFound() {
        Threads.run(1) { _ in
            #expect(ThreadName.set("otel-name-of-a-test"))
            // Cut to the system's limit.
            #expect(ThreadName.current == "otel-name-of-a-")
            let thread = ThreadName.thread(named: "otel-name-of-a-")
            #expect(thread.flatMap { ThreadName.of($0) } == "otel-name-of-a-")
        }
    }

    @Test func threadThatDoesNotExistHasNoName() {
        #expect(ThreadName.of(0) == nil && ThreadName.of(.max) == nil)
        #expect(ThreadName.thread(named: "no such thread") == nil)
    }
}
