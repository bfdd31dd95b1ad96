import InstrumentsTesting

@testable import OTelEmitter
@testable import OTelEmitterTools

/// Whatever lies in a spool's directory when a process begins to use it: incarnations alive, dead
/// and unclear, batches whole and damaged, and names and files that are nobody's.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzDirectory(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    guard let start, count > 2 else { return 0 }
    let plan = DirectoryPlan(UnsafeRawBufferPointer(start: start, count: count))
    let expectation = DirectoryExpectation(plan)
    if plan.inspects, plan.root != nil { inspect(plan) }
    let files = ListedFiles(plan.disk, fault: plan.fault)
    let account = DirectoryRun(plan, files).run()
    account.check(plan, expectation)
    precondition(files.openCount == 0, "\(files.openCount) descriptors are left open")
    expectation.check(isUndisturbed: plan.isUndisturbed)
    return 0
}

/// An operator's look changes nothing and leaves nothing open.
private func inspect(_ plan: DirectoryPlan) {
    let files = ListedFiles(plan.disk, fault: plan.fault)
    let changes = plan.disk.changes
    _ = try? SpoolInspection(
        directory: DirectoryPlan.path, verifies: true,
        clock: .stepped(SteppedClock(start: EmitterClock.start)), files: files.files)
    precondition(plan.disk.changes == changes, "an inspection changes something")
    precondition(files.openCount == 0, "\(files.openCount) descriptors are left open")
}
