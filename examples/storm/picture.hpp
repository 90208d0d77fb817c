// SPDX-License-Identifier: BSL-1.0
#ifndef EXAMPLES_STORM_PICTURE_HPP
#define EXAMPLES_STORM_PICTURE_HPP

#include "run.hpp"

#include <string>

struct Storms {
    Run blind;
    Run backoff;
    Run breaker;
};

/// Draws an SVG picture: one row per retry strategy, with common axes.
std::string picture(Outage const& outage, Storms const& storms);

#endif  // EXAMPLES_STORM_PICTURE_HPP
