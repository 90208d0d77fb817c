// SPDX-License-Identifier: BSL-1.0
#include "plots.hpp"

#include <algorithm>
#include <vector>

using chart::Point;
using chart::Scale;
using zenoo_rpc::CircuitState;

namespace {

char const* colour(CircuitState state) {
    switch (state) {
        case CircuitState::closed: return good;
        case CircuitState::open: return bad;
        case CircuitState::half_open: return between;
    }
    return ink;
}

}  // namespace

void Plots::draw(double at, Run const& run, bool first) {
    draw_load(at, run);
    if (first) {
        double const capacity = Scale{0, most_, at + load_height, at}(outage_.capacity);
        svg_.text({left + 6, capacity - 6}, "the server's capacity", {.size = 12, .fill = ink});
    }
    explain(at, run);
    draw_success(at + success_top, run);
    if (!run.circuit.empty()) draw_circuit(at + circuit_top, run);
}

void Plots::draw_load(double at, Run const& run) {
    Scale const y{0, most_, at + load_height, at};
    for (double const value : {0.0, most_ / 2, most_}) {
        svg_.line({{left, y(value)}, {right, y(value)}}, {.stroke = grid_line, .stroke_width = value == 0 ? 1.5 : 0.7});
        svg_.text({left - 8, y(value) + 4}, rounded(value), {.size = 11.5, .fill = faint, .anchor = "end"});
    }
    stack(run, y, &Load::calls, bad);
    stack(run, y, &Load::responded, good);
    double const capacity = y(outage_.capacity);
    svg_.line({{left, capacity}, {right, capacity}}, {.stroke = ink, .stroke_width = 1.2, .dashes = "5 4"});
}

/// Labels the notable parts of the load.
void Plots::explain(double at, Run const& run) {
    double const after = x_((seconds(outage_.ends) + seconds(outage_.length)) / 2);
    double const during = x_((seconds(outage_.begins) + seconds(outage_.ends)) / 2);
    if (!run.recovery) {
        svg_.text({after, at + load_height - 16}, "every response is too late",
                  {.size = 13, .fill = "#ffffff", .anchor = "middle", .bold = true});
    }
    if (!run.circuit.empty()) {
        svg_.text({during, at + load_height - 12}, "trials only", {.size = 12, .fill = ink, .anchor = "middle"});
    }
}

/// Draws one step per second, from the zero line.
void Plots::stack(Run const& run, Scale const& y, int Load::* count, char const* colour) {
    std::vector<Point> outline{{x_(0), y(0)}};
    double second = 0;
    for (auto const& load : run.load) {
        outline.push_back({x_(second), y(load.*count)});
        outline.push_back({x_(++second), y(load.*count)});
    }
    outline.push_back({x_(second), y(0)});
    svg_.area(outline, {.fill = colour});
}

/// Draws the share of calls with a response in time; nothing for seconds without calls.
void Plots::draw_success(double at, Run const& run) {
    Scale const y{0, 1, at + success_height, at};
    for (double const value : {0.0, 1.0}) {
        svg_.line({{left, y(value)}, {right, y(value)}}, {.stroke = grid_line, .stroke_width = 0.7});
    }
    svg_.text({left - 8, at + 9}, "success 100 %", {.size = 11.5, .fill = faint, .anchor = "end"});
    svg_.text({left - 8, at + success_height + 4}, "0 %", {.size = 11.5, .fill = faint, .anchor = "end"});
    std::vector<Point> curve;
    auto const draw_curve = [&] {
        if (!curve.empty()) svg_.line(curve, {.stroke = ink, .stroke_width = 1.8});
        curve.clear();
    };
    double second = 0;
    for (auto const& load : run.load) {
        if (load.calls == 0) {
            draw_curve();
        } else {
            double const success = static_cast<double>(load.responded) / load.calls;
            curve.push_back({x_(second), y(success)});
            curve.push_back({x_(second + 1), y(success)});
        }
        ++second;
    }
    draw_curve();
}

void Plots::draw_circuit(double at, Run const& run) {
    svg_.text({left - 8, at + 10}, "circuit", {.size = 11.5, .fill = faint, .anchor = "end"});
    for (std::size_t i = 0; i < run.circuit.size(); ++i) {
        auto const end = i + 1 < run.circuit.size() ? run.circuit[i + 1].time : outage_.length;
        double const from = std::max(0.0, seconds(run.circuit[i].time));
        double const to = std::min(seconds(outage_.length), seconds(end));
        if (from < to)
            svg_.rectangle({x_(from), at, x_(to) - x_(from), circuit_height}, {.fill = colour(run.circuit[i].state)});
    }
    double x = left;
    for (auto const state : {CircuitState::closed, CircuitState::open, CircuitState::half_open}) {
        svg_.rectangle({x, at + 19, 10, 10}, {.fill = colour(state)});
        svg_.text({x + 15, at + 28}, to_string(state), {.size = 11.5, .fill = faint});
        x += 74;
    }
}
