// SPDX-License-Identifier: BSL-1.0
#ifndef EXAMPLES_CHART_STACKED_BARS_HPP
#define EXAMPLES_CHART_STACKED_BARS_HPP

#include <cstddef>
#include <string>
#include <vector>

/// Stacked bars, one below the other; the parts of each bar add up to the same total.
struct StackedBars {
    struct Part {
        std::string name;
        std::string color;
    };
    struct Bar {
        std::string name;
        std::vector<std::size_t> sizes;  ///< one per part
    };

    std::string title;
    std::vector<Part> parts;
    std::vector<Bar> bars;
};

/// Draws the chart as SVG, readable on light and dark pages, with the number inside each part.
std::string to_svg(StackedBars const& chart);

#endif  // EXAMPLES_CHART_STACKED_BARS_HPP
