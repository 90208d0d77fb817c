// SPDX-License-Identifier: BSL-1.0
#ifndef EXAMPLES_CHART_STACKED_BARS_HPP
#define EXAMPLES_CHART_STACKED_BARS_HPP

#include <cstddef>
#include <string>
#include <vector>

/// Bars of parts that make up the same whole, one below the other, as SVG.
struct StackedBars {
    struct Part {
        std::string name;
        std::string color;
    };
    struct Bar {
        std::string name;
        std::vector<std::size_t> sizes;  ///< one for each part
    };

    std::string title;
    std::vector<Part> parts;
    std::vector<Bar> bars;
};

/// A picture that can be read on light and dark pages, with the numbers beside what they are the length of.
std::string to_svg(StackedBars const& chart);

#endif  // EXAMPLES_CHART_STACKED_BARS_HPP
