// SPDX-License-Identifier: BSL-1.0
#include "svg.hpp"

#include <array>
#include <charconv>
#include <utility>

namespace chart {

namespace {

std::string escaped(std::string_view text) {
    std::string result;
    for (char const c : text) {
        switch (c) {
            case '&': result += "&amp;"; break;
            case '<': result += "&lt;"; break;
            case '>': result += "&gt;"; break;
            case '"': result += "&quot;"; break;
            default: result += c;
        }
    }
    return result;
}

std::string attribute(std::string_view name, std::string_view value) {
    return " " + std::string{name} + "=\"" + escaped(value) + "\"";
}
std::string attribute(std::string_view name, double value) { return attribute(name, number(value)); }

std::string attributes(Look const& look) {
    auto text = attribute("fill", look.fill.empty() ? "none" : look.fill);
    if (!look.stroke.empty()) text += attribute("stroke", look.stroke) + attribute("stroke-width", look.stroke_width);
    if (!look.dashes.empty()) text += attribute("stroke-dasharray", look.dashes);
    if (look.corner > 0) text += attribute("rx", look.corner);
    return text;
}

}  // namespace

std::string number(double value, int decimals) {
    std::array<char, 64> buffer{};
    auto const end =
        std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed, decimals).ptr;
    std::string text{buffer.data(), end};
    if (auto const point = text.find('.'); point != text.npos) {
        auto const last = text.find_last_not_of('0');
        text.erase(last == point ? point : last + 1);
    }
    return text == "-0" ? "0" : text;
}

std::string grouped(long value) {
    auto text = std::to_string(value);
    for (auto place = static_cast<long>(text.size()) - 3; place > (value < 0 ? 1 : 0); place -= 3) {
        text.insert(static_cast<std::size_t>(place), ",");
    }
    return text;
}

Svg::Svg(double width, double height, std::string_view title, std::string_view description) {
    text_ = "<svg xmlns=\"http://www.w3.org/2000/svg\"" + attribute("width", width) + attribute("height", height)
            + attribute("viewBox", "0 0 " + number(width) + " " + number(height)) + attribute("role", "img")
            + attribute("font-family", "system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif") + ">\n";
    text_ += "<title>" + escaped(title) + "</title>\n<desc>" + escaped(description) + "</desc>\n";
}

void Svg::rectangle(Box const& box, Look const& look) {
    text_ += "<rect" + attribute("x", box.x) + attribute("y", box.y) + attribute("width", box.width)
             + attribute("height", box.height) + attributes(look) + "/>\n";
}

void Svg::line(std::vector<Point> const& points, Look const& look) { path(points, "", look); }
void Svg::area(std::vector<Point> const& points, Look const& look) { path(points, "Z", look); }

void Svg::path(std::vector<Point> const& points, std::string_view closing, Look const& look) {
    std::string data;
    for (auto const& point : points) {
        data += (data.empty() ? "M" : "L") + number(point.x) + " " + number(point.y);
    }
    text_ += "<path" + attribute("d", data + std::string{closing}) + attributes(look) + "/>\n";
}

void Svg::text(Point at, std::string_view text, Font const& font) {
    text_ += "<text" + attribute("x", at.x) + attribute("y", at.y) + attribute("font-size", font.size)
             + attribute("fill", font.fill);
    if (font.anchor != "start") text_ += attribute("text-anchor", font.anchor);
    if (font.bold) text_ += attribute("font-weight", "600");
    text_ += ">" + escaped(text) + "</text>\n";
}

std::string Svg::finish() && { return std::move(text_) + "</svg>\n"; }

}  // namespace chart
