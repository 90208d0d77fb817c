// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTS_SUPPORT_RUN_HPP
#define ZENOO_RPC_TESTS_SUPPORT_RUN_HPP

#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/testing/virtual_world.hpp>

#include <boost/asio/detached.hpp>

#include <string_view>

namespace zenoo_rpc::tests {

using World = testing::VirtualWorld;
using testing::Outcome;
using testing::Running;

inline bool contains(std::string_view text, std::string_view part) { return text.find(part) != text.npos; }

}  // namespace zenoo_rpc::tests

#endif  // ZENOO_RPC_TESTS_SUPPORT_RUN_HPP
