// SPDX-License-Identifier: BSL-1.0
#ifndef EXAMPLES_STORM_STYLE_HPP
#define EXAMPLES_STORM_STYLE_HPP

#include "chart/svg.hpp"

#include <zenoo_rpc/core/clock.hpp>

#include <cmath>
#include <string>

// Colours, measures and units of the picture. The colours can be told apart without red and green.

inline constexpr char const* ink = "#1f2933";
inline constexpr char const* faint = "#5f6b76";
inline constexpr char const* grid_line = "#d5dae0";
inline constexpr char const* good = "#2a7f9e";
inline constexpr char const* bad = "#d1603d";
inline constexpr char const* between = "#e9b44c";

inline constexpr double width = 1000;
inline constexpr double height = 700;
inline constexpr double left = 240;  // of the plots
inline constexpr double right = 812;
inline constexpr double top = 128;         // of the first row
inline constexpr double row_height = 174;  // with the gap to the next one
inline constexpr double load_height = 84;
inline constexpr double success_top = 96;  // below the row's top
inline constexpr double success_height = 30;
inline constexpr double circuit_top = 136;
inline constexpr double circuit_height = 12;

inline double seconds(zenoo_rpc::Duration duration) { return std::chrono::duration<double>(duration).count(); }

inline std::string rounded(double value) { return chart::grouped(std::lround(value)); }

#endif  // EXAMPLES_STORM_STYLE_HPP
