/// What the scripted collector does with one connection, step by step; it closes the connection
/// after the last one.
package struct ConnectionScript: Sendable {
    package enum Step: Sendable {
        /// Reads a whole request and records it. If the client closes instead, the script ends.
        case readRequest
        /// Reads so many bytes, and leaves the rest.
        case readBytes(Int)
        /// Answers the request that was read last.
        case answer(HTTPAnswer)
        /// Answers the request that was read last as it deserves.
        case judge(@Sendable (ReceivedRequest) -> HTTPAnswer)
        /// Writes these bytes, whatever they are.
        case write([UInt8])
        /// From here on passes bytes on, to and from a port of this machine, as long as the test
        /// wants it.
        case relay(to: UInt16, while: @Sendable () -> Bool = { true })
        /// Goes on with what the test chooses for the connection, by its number.
        case choose(@Sendable (Int) -> ConnectionScript)
        /// Goes on when the test opens the gate.
        case wait(Latch)
        /// Does nothing until the client closes the connection.
        case hold
        /// Ends the connection with RST.
        case reset
    }

    let steps: [Step]
    /// The step that follows the last one; nil: the connection is closed.
    let loopStart: Int?

    /// - Parameter loopingFrom: the step to go on with after the last one.
    package init(_ steps: Step..., loopingFrom loopStart: Int? = nil) {
        self.init(steps, loopingFrom: loopStart)
    }

    private init(_ steps: [Step], loopingFrom loopStart: Int?) {
        self.steps = steps
        self.loopStart = loopStart
    }

    /// Answers every request so.
    package static func answering(_ answer: HTTPAnswer) -> ConnectionScript {
        ConnectionScript(.readRequest, .answer(answer), loopingFrom: 0)
    }

    /// Answers one request after the other with these statuses, and all further ones with the last.
    package static func answering(_ statuses: Int...) -> ConnectionScript {
        let steps = statuses.flatMap { [Step.readRequest, .answer(HTTPAnswer($0))] }
        return ConnectionScript(steps, loopingFrom: steps.count - 2)
    }

    /// Answers each request as it deserves.
    package static func judging(
        _ judge: @escaping @Sendable (ReceivedRequest) -> HTTPAnswer
    ) -> ConnectionScript {
        ConnectionScript(.readRequest, .judge(judge), loopingFrom: 0)
    }

    /// Reads a request and writes this in answer, whatever it is.
    package static func writing(_ text: String) -> ConnectionScript {
        ConnectionScript(.readRequest, .write(Array(text.utf8)))
    }

    /// Reads the request and never answers.
    package static let mute = ConnectionScript(.readRequest, .hold)
}
