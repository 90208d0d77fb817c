// SPDX-License-Identifier: BSL-1.0
#include "odoo/wire/json2.hpp"

#include <utility>
#include <variant>

namespace zenoo_rpc::json2 {

json_rpc::Response parse_response(std::string_view body, bool succeeded) {
    auto parsed = json_rpc::parse(body);
    if (auto* unreadable = std::get_if<json_rpc::Unreadable>(&parsed)) return std::move(*unreadable);
    auto& content = std::get<nlohmann::json>(parsed);
    if (succeeded) return std::move(content);
    auto fault = json_rpc::fault_in(content);
    // Gateways may name their errors as well.
    bool const is_odoos = !fault.name.empty() && content.contains("arguments");
    if (!is_odoos) return json_rpc::Unreadable{"the response is not an Odoo error"};
    return fault;
}

}  // namespace zenoo_rpc::json2
