// SPDX-License-Identifier: BSL-1.0
#include "odoo/wire/json2.hpp"

#include <utility>
#include <variant>

namespace zenoo_rpc::json2 {

json_rpc::Answer answer(std::string_view body, bool succeeded) {
    auto parsed = json_rpc::parse(body);
    if (auto* unreadable = std::get_if<json_rpc::Unreadable>(&parsed)) return std::move(*unreadable);
    auto& said = std::get<nlohmann::json>(parsed);
    if (succeeded) return std::move(said);
    auto fault = json_rpc::fault_in(said);
    // Gateways have names for their errors, too.
    bool const is_odoos = !fault.name.empty() && said.contains("arguments");
    if (!is_odoos) return json_rpc::Unreadable{"the answer is no error of Odoo's"};
    return fault;
}

}  // namespace zenoo_rpc::json2
