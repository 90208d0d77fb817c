// SPDX-License-Identifier: BSL-1.0
#include "support/gate.hpp"

#include <array>
#include <cstdio>
#include <string>

namespace zenoo_rpc::bench {

namespace {

#ifdef __clang__
constexpr char const* compiler = "clang++";
#else
constexpr char const* compiler = "g++";
#endif

}  // namespace

void gate(int goal, double measured, double limit, char const* what) {
    gate(std::to_string(goal).c_str(), measured, limit, what);
}

void gate(char const* goal, double measured, double limit, char const* what) {
    char const* const outcome = measured <= limit ? "ok" : "short";
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "gate %s (%s): %.4g <= %.4g %s", goal, compiler, measured, limit, outcome);
    std::printf("%-44s %s\n", text.data(), what);
}

}  // namespace zenoo_rpc::bench
