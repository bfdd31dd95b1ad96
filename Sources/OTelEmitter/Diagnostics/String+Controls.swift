extension String {
    /// The same with spaces for control characters, which could forge lines or steer a terminal.
    package var withoutControls: String {
        var text = ""
        for scalar in unicodeScalars {
            let isControl = scalar.properties.generalCategory == .control
            text.unicodeScalars.append(isControl ? " " : scalar)
        }
        return text
    }
}
