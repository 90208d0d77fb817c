// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ODOO_EXTERNAL_ID_HPP
#define ZENOO_RPC_ODOO_EXTERNAL_ID_HPP

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <string_view>

namespace zenoo_rpc {

/// Name by which external systems know a record: `module.name`. It belongs to one record permanently.
///
/// The module is a name space of your own, not that of an installed Odoo module. As the value of a field, an external
/// id refers to the record of that name.
class ExternalId {
public:
    /// Throws `std::invalid_argument` unless the module has 1 to 64 letters, digits or `_` and is not `__import__`,
    /// and the name 1 to 128 letters, digits, `_` or `-`.
    ExternalId(std::string_view module, std::string_view name);

    /// Creates an id from a hash of the content, which is stable across machines and runs: equal content means the same
    /// record. For records that have no key of their own; the order of fields makes no difference.
    static ExternalId of_content(std::string_view module, nlohmann::json const& content);
    /// Creates a random, unique id. Store it until the record is confirmed to exist.
    static ExternalId random(std::string_view module);

    /// Returns `module.name`.
    std::string const& text() const noexcept { return text_; }

    friend bool operator==(ExternalId const&, ExternalId const&) = default;
    friend void to_json(nlohmann::json& json, ExternalId const& id);

private:
    std::string text_;
};

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ODOO_EXTERNAL_ID_HPP
