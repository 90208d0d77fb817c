// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTS_SUPPORT_DESCRIPTORS_HPP
#define ZENOO_RPC_TESTS_SUPPORT_DESCRIPTORS_HPP

#include <cstddef>
#include <filesystem>
#include <iterator>

namespace zenoo_rpc::tests {

/// Returns the number of open files and sockets of this process.
inline std::size_t open_descriptors() {
    std::filesystem::directory_iterator const all{"/proc/self/fd"};
    return static_cast<std::size_t>(std::distance(begin(all), end(all)));
}

}  // namespace zenoo_rpc::tests

#endif  // ZENOO_RPC_TESTS_SUPPORT_DESCRIPTORS_HPP
