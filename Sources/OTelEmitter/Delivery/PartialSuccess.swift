internal import JSONText

/// What an accepting receiver says of data points that it refused all the same (checklist B15):
/// never a reason to send them again.
package struct PartialSuccess: Sendable, Equatable {
    /// Data points refused; 0 if none were, or if the receiver's number makes no sense.
    package var rejected = 0
    /// What the receiver says, or what is odd about the answer, made fit for a line of text.
    package var message: String?
    /// Whether it can't be known what was refused: the number makes no sense, the answer is not
    /// whole, or it is of no OTLP receiver.
    package var isDoubtful = false

    /// What a response with a 2xx status says.
    package static func of(_ response: HTTPResponse) -> PartialSuccess {
        if CollectorText.hasType("text/html", response) {
            return doubt("the answer is a page of HTML: is this an OTLP receiver?")
        }
        if !response.isBodyComplete {
            var answer = read(response) ?? PartialSuccess()
            answer.isDoubtful = true
            answer.message =
                answer.message ?? "the answer is not whole: it can't be told what it rejected"
            return answer
        }
        if CollectorText.hasType("application/x-protobuf", response) {
            return read(protobuf: response.body, of: response)
                ?? doubt("the answer is no OTLP protobuf: it can't be told what it rejected")
        }
        // What JSON takes for white space; other control characters are no silence.
        let isSilent = response.body.allSatisfy { [0x20, 0x09, 0x0A, 0x0D].contains($0) }
        if isSilent { return PartialSuccess() }
        return read(response) ?? doubt("the answer is no OTLP JSON: is this an OTLP receiver?")
    }

    private static func doubt(_ message: String) -> PartialSuccess {
        PartialSuccess(message: message, isDoubtful: true)
    }

    /// Nil if the body is no JSON object.
    private static func read(_ response: HTTPResponse) -> PartialSuccess? {
        guard let body = CollectorText.object(response) else { return nil }
        var answer = PartialSuccess()
        guard let partial = body["partialSuccess"], partial.members != nil else { return answer }
        if let text = partial["errorMessage"]?.text, !text.isEmpty {
            answer.message = CollectorText.shown(text, of: response)
        }
        switch partial["rejectedDataPoints"] {
        case nil, .null?: break
        case .some(let value):
            if let number = value.integer, number >= 0, let count = Int(exactly: number) {
                answer.rejected = count
            } else {
                answer.isDoubtful = true
            }
        }
        return answer
    }
}
