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

/// An SVG: one row for each manner of retrying, with common axes.
std::string picture(Outage const& outage, Storms const& storms);

#endif  // EXAMPLES_STORM_PICTURE_HPP
