// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_WIRE_IDEMPOTENCY_HPP
#define ZENOO_RPC_SRC_ODOO_WIRE_IDEMPOTENCY_HPP

#include <nlohmann/json_fwd.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace zenoo_rpc {

/// Returns true if executing the call twice has the effect of executing it once: methods that read, `write`, `unlink`.
///
/// Methods that are not Odoo's own are unknown and hence not idempotent. A `write` that creates lines
/// (`[0, 0, values]`) is not idempotent. A `load` is idempotent only as `create_once` sends it: with an external id in
/// each row, and leaving existing records unchanged.
bool is_idempotent(std::string_view method, nlohmann::json const& args, nlohmann::json const& kwargs);

/// Rules of the user that override the library's knowledge of methods.
class IdempotencyRules {
public:
    /// Adds a rule. `*` matches any model, and at the end of `method` any suffix. The last matching rule applies.
    /// Throws `std::invalid_argument` for an empty name.
    void set(std::string model, std::string method, bool idempotent);

    /// Returns the rule for a method; nullopt if none matches.
    std::optional<bool> find(std::string_view model, std::string_view method) const noexcept;

private:
    struct Rule {
        std::string model;
        std::string method;
        bool idempotent;
    };

    std::vector<Rule> rules_;
};

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_SRC_ODOO_WIRE_IDEMPOTENCY_HPP
