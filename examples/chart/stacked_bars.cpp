// SPDX-License-Identifier: BSL-1.0
#include "stacked_bars.hpp"

#include <algorithm>
#include <numeric>
#include <sstream>
#include <string_view>

namespace {

constexpr int width = 760;
constexpr int margin = 20;
constexpr int name_width = 150;
constexpr int bar_width = width - name_width - 2 * margin;
constexpr int bar_height = 34;
constexpr int step = 56;
constexpr int top = 84;
constexpr int narrowest_number = 40;  // a narrower part has no room for its number

std::string escaped(std::string_view text) {
    std::string safe;
    for (char const c : text) {
        switch (c) {
            case '<': safe += "&lt;"; break;
            case '&': safe += "&amp;"; break;
            default: safe += c;
        }
    }
    return safe;
}

class Picture {
public:
    explicit Picture(int height) {
        out_ << R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 )" << width << ' ' << height
             << R"(" font-family="sans-serif" font-size="14">)" << '\n';
        box(0, 0, width, height, "#ffffff");
    }

    void box(int x, int y, int w, int h, std::string_view color) {
        out_ << R"(<rect x=")" << x << R"(" y=")" << y << R"(" width=")" << w << R"(" height=")" << h << R"(" fill=")"
             << color << R"("/>)" << '\n';
    }
    void text(int x, int y, std::string_view words, std::string_view color = "#1f2328", std::string_view more = {}) {
        out_ << R"(<text x=")" << x << R"(" y=")" << y << R"(" fill=")" << color << '"' << more << '>' << escaped(words)
             << "</text>\n";
    }
    std::string end() {
        out_ << "</svg>\n";
        return out_.str();
    }

private:
    std::ostringstream out_;
};

void draw_legend(Picture& picture, std::vector<StackedBars::Part> const& parts) {
    int x = margin + name_width;
    for (auto const& part : parts) {
        picture.box(x, 50, 14, 14, part.color);
        picture.text(x + 20, 62, part.name);
        x += 40 + 8 * static_cast<int>(part.name.size());
    }
}

void draw_bar(Picture& picture, StackedBars const& chart, StackedBars::Bar const& bar, int y) {
    picture.text(margin, y + 22, bar.name);
    auto const whole = std::max<std::size_t>(1, std::reduce(bar.sizes.begin(), bar.sizes.end()));
    std::size_t before = 0;
    for (std::size_t i = 0; i < bar.sizes.size(); ++i) {
        auto const at = [&](std::size_t size) { return static_cast<int>(size * bar_width / whole); };
        int const x = margin + name_width + at(before);
        before += bar.sizes[i];
        int const end = margin + name_width + at(before);
        if (bar.sizes[i] == 0) continue;
        picture.box(x, y, std::max(1, end - x), bar_height, chart.parts[i].color);
        if (end - x < narrowest_number) continue;
        picture.text((x + end) / 2, y + 22, std::to_string(bar.sizes[i]), "#ffffff", R"( text-anchor="middle")");
    }
}

}  // namespace

std::string to_svg(StackedBars const& chart) {
    Picture picture{top + step * static_cast<int>(chart.bars.size())};
    picture.text(margin, 30, chart.title, "#1f2328", R"( font-size="16" font-weight="bold")");
    draw_legend(picture, chart.parts);
    int y = top;
    for (auto const& bar : chart.bars) {
        draw_bar(picture, chart, bar, y);
        y += step;
    }
    return picture.end();
}
