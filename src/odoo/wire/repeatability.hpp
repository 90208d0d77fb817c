// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_WIRE_REPEATABILITY_HPP
#define ZENOO_RPC_SRC_ODOO_WIRE_REPEATABILITY_HPP

#include <nlohmann/json_fwd.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace zenoo_rpc {

/// True if executing the method of that name twice does what executing it once does: what reads, `write`, `unlink`.
///
/// Of a method that is not Odoo's own nothing is known, so it is not. A `write` that creates lines (`[0, 0, values]`)
/// is not either, and a `load` only if it is one of `create_once`: an external id in each row, and records that are
/// there left alone.
bool is_repeatable(std::string_view method, nlohmann::json const& args, nlohmann::json const& kwargs);

/// What a user knows of methods that the library does not know, or knows better.
class RepeatabilityRules {
public:
    /// Throws `std::invalid_argument` for an empty name. `*` stands for any model, and at the end of a method for any
    /// ending. Of several rules that fit, the last one counts.
    void set(std::string model, std::string method, bool repeatable);

    /// Nothing if no rule fits.
    std::optional<bool> find(std::string_view model, std::string_view method) const noexcept;

private:
    struct Rule {
        std::string model;
        std::string method;
        bool repeatable;
    };

    std::vector<Rule> rules_;
};

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_SRC_ODOO_WIRE_REPEATABILITY_HPP
