import Synchronization
import Testing

@testable import OTelEmitter

@Suite struct ThreadStartTests {
    private final class System: Sendable {
        let isWilling = Atomic(false)
        let attempts = Atomic(0)

        func start() -> Bool {
            attempts.add(1, ordering: .relaxed)
            return isWilling.load(ordering: .relaxed)
        }

        var count: Int { attempts.load(ordering: .relaxed) }
    }

    @Test func aThreadThatRunsIsNotStartedAgain() {
        let (start, system) = (ThreadStart(), System())
        system.isWilling.store(true, ordering: .relaxed)
        #expect(start.begin { system.start() })
        #expect(start.retry() && start.retry())
        #expect(system.count == 1)
    }

    @Test func aThreadThatWasRefusedIsAskedForAgain() {
        let (start, system) = (ThreadStart(), System())
        #expect(!start.begin { system.start() })
        #expect(!start.retry())
        system.isWilling.store(true, ordering: .relaxed)
        #expect(start.retry() && start.retry())
        #expect(system.count == 3)
    }

    @Test func whoGivesUpKeepsNothing() {
        let start = ThreadStart()
        weak var held: System?
        do {
            let system = System()
            held = system
            #expect(!start.begin { system.start() })
        }
        #expect(held != nil)
        start.giveUp()
        #expect(held == nil)
        #expect(start.retry())
    }

    @Test func withoutAnAttemptNothingIsWanted() {
        #expect(ThreadStart().retry())
    }
}
