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

/// A colour may be anything that SVG knows, or empty for none.
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
    std::string anchor = "start";  ///< which part of the text is at its point: or "middle", "end"
    bool bold = false;
};

/// Where numbers between two ends are drawn.
struct Scale {
    double from;
    double to;
    double begin;  ///< in the picture
    double end;

    double operator()(double value) const { return begin + (value - from) / (to - from) * (end - begin); }
};

/// Draws an SVG picture: the same bytes for the same calls, whatever the compiler and the locale.
class Svg {
public:
    /// `title` and `description` are for those who cannot see it.
    Svg(double width, double height, std::string_view title, std::string_view description);

    void rectangle(Box const& box, Look const& look);
    void line(std::vector<Point> const& points, Look const& look);
    void area(std::vector<Point> const& points, Look const& look);
    void text(Point at, std::string_view text, Font const& font = {});

    std::string finish() &&;

private:
    void path(std::vector<Point> const& points, std::string_view ending, Look const& look);

    std::string text_;
};

/// Decimal, without zeros at its end.
std::string number(double value, int decimals = 1);
/// With a comma after thousands.
std::string grouped(long value);

}  // namespace chart

#endif  // EXAMPLES_CHART_SVG_HPP
