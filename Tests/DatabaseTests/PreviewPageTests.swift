import Foundation
import TestSupport
import Testing

extension DatabaseTests {
    /// The page of the dashboards' preview, drawn from a real run and opened by a real browser.
    @Suite struct PreviewPageTests {
        /// What a page measures of itself when the browser has drawn it.
        private struct Measured: Decodable {
            /// The width that it needs.
            let width: Int
            let panels: Int
            /// Drawings with something in them.
            let drawings: Int
            /// Texts that stick out of their drawing, or are cut off.
            let cut: [String]
            /// The smallest text, in pixels.
            let smallest: Double
            /// The lowest contrast of a text to what is behind it (WCAG 2.1).
            let contrast: Double
        }

        private static let width = 1280
        private static let names = [
            "bandwidth-overview", "peer-score-drilldown", "consensus", "runtime", "emitter-health",
        ]

        private func page(_ theme: String, of run: RealRun, in folder: TemporaryFolder) throws
            -> String
        {
            let python = try #require(InstalledTool.named(by: "OTEL_EMITTER_PYTHON"))
            let boards = Database.configurations.appending(path: "dashboards")
            let files = Self.names.map { boards.appending(path: $0 + ".json").path }
            let arguments = [
                "-B", boards.appending(path: "preview").path, "--database",
                run.victoria.api.address, "--from", "\(Int(run.scrapedSince))", "--to",
                "\(Int(run.workedUntil))", "--theme", theme, "--output", folder.file("page.html"),
            ]
            let status = Program.run(
                python, arguments + files, environment: ["PYTHONUTF8=1"],
                output: folder.file("said"))
            let said = String(decoding: try folder.bytes("said"), as: UTF8.self)
            try #require(status == 0 && said == "", "\(said)")
            return String(decoding: try folder.bytes("page.html"), as: UTF8.self)
        }

        /// What Chromium prints on a page without a window.
        private func browse(
            _ file: String, _ arguments: [String], in folder: TemporaryFolder
        ) throws -> [UInt8] {
            let chromium = try #require(InstalledTool.named(by: "CHROMIUM"))
            let common = [
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                "--hide-scrollbars", "--user-data-dir=\(folder.file("profile"))",
                "--window-size=\(Self.width),1000",
            ]
            let status = try ChildProcess(
                chromium, common + arguments + ["file://" + file],
                environment: ["HOME": folder.path], output: folder.file("browsed"),
                errors: folder.file("browser.log")
            ).ownStatus(within: .seconds(120))
            #expect(status == 0)
            return try folder.bytes("browsed")
        }

        @Test(arguments: ["light", "dark"])
        func aBrowserDrawsEveryPanelLegibly(theme: String) throws {
            let run = try #require(RealRun.current)
            let folder = try TemporaryFolder()
            let page = try page(theme, of: run, in: folder)
            try folder.overwrite(
                "measured.html", with: Array((page + "<script>\(Self.measuring)</script>").utf8))
            let drawn = try browse(folder.file("measured.html"), ["--dump-dom"], in: folder)
            let parts = String(decoding: drawn, as: UTF8.self).components(separatedBy: "@@@")
            try #require(parts.count == 3, "the page could not measure itself")
            let measured = try JSONDecoder().decode(Measured.self, from: Data(parts[1].utf8))
            #expect(measured.width <= Self.width)
            #expect(measured.panels > 70)
            #expect(measured.drawings > 50)
            #expect(measured.cut == [])
            #expect(measured.smallest >= 10)
            #expect(measured.contrast >= 4.5)
            print("preview, \(theme): \(measured)")
        }

        /// JavaScript that writes what `Measured` holds at the end of the page.
        private static let measuring = #"""
            const all = (selector) => [...document.querySelectorAll(selector)];
            const channels = (color) => color.match(/[\d.]+/g).map(Number);
            const luminance = (color) => channels(color).slice(0, 3).map((value) => {
                const part = value / 255;
                return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
            }).reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0);
            const behind = (element) => {
                for (let each = element; each; each = each.parentElement) {
                    const color = getComputedStyle(each).backgroundColor;
                    if ((channels(color)[3] ?? 1) > 0.5) return color;
                }
            };
            const contrast = (element) => {
                const style = getComputedStyle(element);
                const front = luminance(element.closest("svg") ? style.fill : style.color);
                const back = luminance(behind(element));
                return (Math.max(front, back) + 0.05) / (Math.min(front, back) + 0.05);
            };
            const drawn = all("svg text");
            const written = all("header *, main *").filter((each) => !each.closest("svg")
                && [...each.childNodes].some((node) => node.nodeType === 3 && node.data.trim()));
            const isOutside = (text) => {
                const own = text.getBoundingClientRect();
                const box = text.ownerSVGElement.getBoundingClientRect();
                return own.left < box.left - 1 || own.right > box.right + 1
                    || own.top < box.top - 1 || own.bottom > box.bottom + 1;
            };
            const cut = [
                ...drawn.filter(isOutside),
                ...all("h4").filter((each) => each.scrollWidth > each.clientWidth),
            ].map((each) => each.closest(".panel").querySelector("h4").textContent
                + ": " + each.textContent);
            const texts = [...drawn, ...written];
            document.body.append("@" + "@@" + JSON.stringify({
                width: document.documentElement.scrollWidth,
                panels: all(".panel").length,
                drawings: all("svg").filter((each) => each.childElementCount > 0).length,
                cut,
                smallest: Math.min(...texts.map(
                    (each) => parseFloat(getComputedStyle(each).fontSize))),
                contrast: Math.min(...texts.map(contrast)),
            }) + "@" + "@@");
            """#
    }
}
