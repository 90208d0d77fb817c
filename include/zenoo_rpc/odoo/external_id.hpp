// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ODOO_EXTERNAL_ID_HPP
#define ZENOO_RPC_ODOO_EXTERNAL_ID_HPP

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <string_view>

namespace zenoo_rpc {

/// The name by which the outside world knows a record: `module.name`. It belongs to one record for ever.
///
/// The module is a name space of your own, not that of an installed Odoo module. As a value of a record it
/// stands for a reference to the record of that name.
class ExternalId {
public:
    /// Throws `std::invalid_argument` unless the module has 1 to 64 letters, digits or `_` and is not `__import__`,
    /// and the name 1 to 128 letters, digits, `_` or `-`.
    ExternalId(std::string_view module, std::string_view name);

    /// Named by a hash of the content, which is the same everywhere and always: the same content is the same record.
    /// For records that have no key of their own; the order of fields makes no difference.
    static ExternalId of_content(std::string_view module, nlohmann::json const& content);
    /// Named by chance, and so never again: to be kept until the record is known to be there.
    static ExternalId random(std::string_view module);

    /// `module.name`
    std::string const& text() const noexcept { return text_; }

    friend bool operator==(ExternalId const&, ExternalId const&) = default;
    friend void to_json(nlohmann::json& json, ExternalId const& id);

private:
    std::string text_;
};

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ODOO_EXTERNAL_ID_HPP
