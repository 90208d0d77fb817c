// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_WIRE_SCALAR_ANSWER_HPP
#define ZENOO_RPC_SRC_ODOO_WIRE_SCALAR_ANSWER_HPP

#include <nlohmann/json.hpp>

#include <cstdint>
#include <optional>
#include <string_view>

namespace zenoo_rpc::detail {

/// The result in the answer to the request of that id, if it is a whole number, true, false or null, and nothing is
/// wrong with the answer: as most are that are no records. Nothing for any other, which is to be read as a whole.
std::optional<nlohmann::json> scalar_answer(std::string_view body, std::int64_t id);

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_WIRE_SCALAR_ANSWER_HPP
