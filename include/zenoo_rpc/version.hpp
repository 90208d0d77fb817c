// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_VERSION_HPP
#define ZENOO_RPC_VERSION_HPP

#include <compare>

// The version of the library, by semantic versioning. This is its only place: CMake reads it from here.

#define ZENOO_RPC_VERSION_MAJOR 0
#define ZENOO_RPC_VERSION_MINOR 1
#define ZENOO_RPC_VERSION_PATCH 0

/// The version as one number, for `#if`: 10203 is 1.2.3.
#define ZENOO_RPC_VERSION (ZENOO_RPC_VERSION_MAJOR * 10000 + ZENOO_RPC_VERSION_MINOR * 100 + ZENOO_RPC_VERSION_PATCH)

namespace zenoo_rpc {

struct Version {
    int major;
    int minor;
    int patch;

    friend constexpr auto operator<=>(Version const&, Version const&) = default;
};

/// The version of the headers that a program is compiled with.
inline constexpr Version version{
    .major = ZENOO_RPC_VERSION_MAJOR, .minor = ZENOO_RPC_VERSION_MINOR, .patch = ZENOO_RPC_VERSION_PATCH};

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_VERSION_HPP
