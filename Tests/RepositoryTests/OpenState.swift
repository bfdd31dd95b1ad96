/// Stored properties that code outside of their file can set, by the reason.
enum OpenState {
    struct Group {
        let reason: String
        /// As `Type.property`, or `Type.*` where the reason holds for all of a type.
        let properties: [String]

        init(_ reason: String, _ properties: [String]) {
            self.reason = reason
            self.properties = properties
        }
    }

    /// How many entries there are. The number may only fall.
    static let count = 40

    static let groups = values + parts + delivery

    private static let values = [
        Group(
            "public options: a value that the host fills in before it passes it on",
            ["EmitterConfiguration.*", "NodeTelemetryConfiguration.*", "View.*"]),
        Group(
            "a public value that hosts and receivers make and change",
            ["ExponentialBuckets.*"]),
        Group(
            "a plain result: the function that makes it fills it in part by part",
            [
                "ExponentialContents.*", "ExponentialHistogramCell.Reading.*",
                "PartialSuccess.*", "SpoolVolume.*",
            ]),
        Group(
            "totals that several exporters count up, each in its own copy, and publish as a value",
            ["DeliveryTotals.*"]),
    ]

    private static let parts = [
        Group(
            "code that is inlined into other modules uses it, so it can't be private",
            ["ByteBuffer.base", "ByteBuffer.capacity", "ByteBuffer.length", "BytePen.end"]),
        Group(
            "a buffer that can't be copied, and that the encoders of points write into in place",
            ["RequestWriter.buffer"]),
        Group(
            "the limits of the next request, which the receiver's answers change",
            ["OTLPEncoder.limits"]),
        Group(
            "a connection that can't be copied, and that its user changes in place",
            ["Route.transport"]),
        Group(
            "set once, in the copy that a snapshot is made of: instruments do not know it",
            ["NodeState.nodeID"]),
    ]

    /// Types whose methods stand in several files.
    private static let delivery = [
        Group(
            "delivery is to be composed of smaller types, which will own this state",
            [
                "Courier.division", "Courier.random", "Courier.refusals", "Courier.refusedBy",
                "Courier.searched", "Courier.warnings",
                "Spool.adopted", "Spool.change", "Spool.current", "Spool.nextRemoval",
                "Spool.nextSurvey", "Spool.ownDirectory", "Spool.readAttempts",
                "Spool.readFailure", "Spool.settled", "Spool.share", "Spool.storeFailure",
                "Spool.survey", "Spool.troubles",
                "SpoolChange.*", "SpoolDirectory.entries", "SpoolDirectory.hasForeignFiles",
                "SpoolDirectory.isUnlocked",
            ])
    ]
}
