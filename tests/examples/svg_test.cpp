// SPDX-License-Identifier: BSL-1.0
#include "chart/svg.hpp"

#include "support/catch.hpp"

#include <string>
#include <utility>

namespace {

bool has(std::string const& text, std::string const& part) { return text.find(part) != text.npos; }

}  // namespace

TEST_CASE("numbers in a picture have no trailing zeros") {
    CHECK(chart::number(3) == "3");
    CHECK(chart::number(10) == "10");
    CHECK(chart::number(0.25) == "0.2");
    CHECK(chart::number(-0.04) == "0");
    CHECK(chart::number(-1.5) == "-1.5");
    CHECK(chart::number(2.0 / 3, 3) == "0.667");
}

TEST_CASE("thousands are grouped") {
    CHECK(chart::grouped(0) == "0");
    CHECK(chart::grouped(999) == "999");
    CHECK(chart::grouped(1000) == "1,000");
    CHECK(chart::grouped(76715) == "76,715");
    CHECK(chart::grouped(1234567) == "1,234,567");
    CHECK(chart::grouped(-100) == "-100");
    CHECK(chart::grouped(-1000) == "-1,000");
}

TEST_CASE("texts and attributes in a picture are escaped") {
    chart::Svg svg{10, 20, "a < b", "\"c\" & d"};
    svg.text({1, 2}, "<script>", {.anchor = "\"/>"});
    auto const text = std::move(svg).finish();
    CHECK(has(text, "<title>a &lt; b</title>"));
    CHECK(has(text, "<desc>&quot;c&quot; &amp; d</desc>"));
    CHECK(has(text, ">&lt;script&gt;</text>"));
    CHECK(has(text, "text-anchor=\"&quot;/&gt;\""));
    CHECK(!has(text, "<script>"));
}

TEST_CASE("a picture contains its shapes in the order of drawing") {
    chart::Svg svg{10, 20, "", ""};
    svg.rectangle({1, 2, 3, 4}, {.fill = "red"});
    svg.line({{0, 0}, {1.25, 2}}, {.stroke = "blue", .stroke_width = 2, .dashes = "5 4"});
    svg.area({{0, 0}, {1, 0}, {1, 1}}, {.fill = "green"});
    auto const text = std::move(svg).finish();
    CHECK(has(text, "width=\"10\" height=\"20\" viewBox=\"0 0 10 20\""));
    CHECK(has(text,
              "<rect x=\"1\" y=\"2\" width=\"3\" height=\"4\" fill=\"red\"/>\n"
              "<path d=\"M0 0L1.2 2\" fill=\"none\" stroke=\"blue\" stroke-width=\"2\" stroke-dasharray=\"5 4\"/>\n"
              "<path d=\"M0 0L1 0L1 1Z\" fill=\"green\"/>\n</svg>\n"));
}

TEST_CASE("a scale maps one range to another, also in reverse") {
    chart::Scale const y{0, 100, 50, 10};
    CHECK(y(0) == 50);
    CHECK(y(100) == 10);
    CHECK(y(25) == 40);
}
