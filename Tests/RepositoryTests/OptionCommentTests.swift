import OTelEmitter
import Testing

/// The comments of `EmitterConfiguration`'s properties name the variables and defaults that the
/// table of options has.
@Suite struct OptionCommentTests {
    private struct Property {
        let name: String
        let comment: String

        /// The text after `- Default:`.
        var standard: String? {
            comment.split(separator: "\n").first { $0.hasPrefix("- Default: ") }
                .map { String($0.dropFirst("- Default: ".count)) }
        }

        var variables: Set<String> {
            Set(
                comment.split { !($0.isUppercase || $0.isNumber || $0 == "_") }
                    .filter { $0.hasPrefix("OTEL_") }.map(String.init))
        }

        var options: [EmitterOption] {
            EmitterConfiguration.options.filter { option in
                option.name == name || option.name?.hasPrefix(name + ".") == true
            }
        }
    }

    private func properties() throws -> [Property] {
        let path = "Sources/OTelEmitter/Configuration/EmitterConfiguration.swift"
        let text = try #require(try Repository.text(path))
        var properties: [Property] = []
        var comment: [String] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let code = line.drop { $0 == " " }
            if code.hasPrefix("/// ") {
                comment.append(String(code.dropFirst("/// ".count)))
                continue
            }
            let words = code.split { " :".contains($0) }.map(String.init)
            if words.count > 2, ["public", "package"].contains(words[0]), words[1] == "var" {
                properties.append(
                    Property(name: words[2], comment: comment.joined(separator: "\n")))
            }
            comment = []
        }
        return properties
    }

    @Test func variablesOfAnOptionAreNamed() throws {
        let known = Set(EnvironmentVariable.allCases.map(\.rawValue))
        let properties = try properties().filter { !$0.options.isEmpty }
        #expect(properties.count >= 30)
        for property in properties {
            let variables = Set(property.options.flatMap(\.variables).map(\.rawValue))
            #expect(variables.subtracting(property.variables) == [], "\(property.name)")
            #expect(property.variables.subtracting(known) == [], "\(property.name)")
        }
    }

    @Test func theDefaultOfAnOptionIsNamed() throws {
        var count = 0
        for property in try properties() where !property.options.isEmpty {
            let standard = try #require(property.standard, "\(property.name) has no default")
            // Other defaults are in words.
            guard let printed = OptionDefaults.printed[property.name], let first = printed.first,
                first.isNumber, standard != "none"
            else { continue }
            let text = standard.prefix { $0 != ";" && $0 != "," }
            #expect(OptionDefaults.asPrinted(String(text)) == printed, "\(property.name)")
            count += 1
        }
        #expect(count >= 6)
    }
}
