import Testing

/// What databases hold of real nodes: all tests inside share one run of some two minutes.
@Suite(
    .enabled(if: RealRun.isWanted, Comment(rawValue: RealRun.reasonToSkip)), RealRunTrait())
enum DatabaseTests {}
