// SPDX-License-Identifier: BSL-1.0
#ifndef EXAMPLES_STORM_PLOTS_HPP
#define EXAMPLES_STORM_PLOTS_HPP

#include "chart/svg.hpp"
#include "run.hpp"
#include "style.hpp"

/// Plots of one run over time: load, success rate, and the state of the circuit if there is one.
class Plots {
public:
    /// Creates plots whose load axis ends at `most`.
    Plots(chart::Svg& svg, Outage const& outage, double most)
        : svg_{svg}, outage_{outage}, x_{0, seconds(outage.length), left, right}, most_{most} {}

    /// Draws one run with its upper end at `at`; the first one has the labels that apply to all.
    void draw(double at, Run const& run, bool first);
    chart::Scale const& time() const { return x_; }

private:
    void draw_load(double at, Run const& run);
    void stack(Run const& run, chart::Scale const& y, int Load::* count, char const* colour);
    void explain(double at, Run const& run);
    void draw_success(double at, Run const& run);
    void draw_circuit(double at, Run const& run);

    chart::Svg& svg_;
    Outage const& outage_;
    chart::Scale x_;
    double most_;
};

#endif  // EXAMPLES_STORM_PLOTS_HPP
