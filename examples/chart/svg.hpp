// SPDX-License-Identifier: BSL-1.0
#ifndef EXAMPLES_CHART_SVG_HPP
#define EXAMPLES_CHART_SVG_HPP

#include <string>
#include <string_view>
#include <vector>

namespace chart {

struct Point {
    double x = 0;
    double y = 0;
};

struct Box {
    double x = 0;
    double y = 0;
    double width = 0;
    double height = 0;
};

/// Fill and stroke of a shape. A colour is any SVG colour, or empty for none.
struct Look {
    std::string fill = {};
    std::string stroke = {};
    double stroke_width = 1;
    std::string dashes = {};  ///< lengths of dashes and gaps
    double corner = 0;        ///< radius
};

struct Font {
    double size = 13;
    std::string fill = "#1f2933";
    std::string anchor = "start";  ///< part of the text that lies at its point: "start", "middle" or "end"
    bool bold = false;
};

/// Maps a range of values linearly to a range of coordinates.
struct Scale {
    double from;
    double to;
    double begin;  ///< coordinate of `from`
    double end;

    double operator()(double value) const { return begin + (value - from) / (to - from) * (end - begin); }
};

/// Draws an SVG picture: equal calls produce equal bytes with any compiler and locale.
class Svg {
public:
    /// Begins a picture; `title` and `description` are for screen readers.
    Svg(double width, double height, std::string_view title, std::string_view description);

    void rectangle(Box const& box, Look const& look);
    void line(std::vector<Point> const& points, Look const& look);
    void area(std::vector<Point> const& points, Look const& look);
    void text(Point at, std::string_view text, Font const& font = {});

    std::string finish() &&;

private:
    void path(std::vector<Point> const& points, std::string_view closing, Look const& look);

    std::string text_;
};

/// Formats a decimal number without trailing zeros.
std::string number(double value, int decimals = 1);
/// Formats an integer with commas between groups of thousands.
std::string grouped(long value);

}  // namespace chart

#endif  // EXAMPLES_CHART_SVG_HPP
