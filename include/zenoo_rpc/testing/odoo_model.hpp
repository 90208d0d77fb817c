// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTING_ODOO_MODEL_HPP
#define ZENOO_RPC_TESTING_ODOO_MODEL_HPP

#include <nlohmann/json.hpp>

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace zenoo_rpc::testing {

class OdooStore;
struct OdooCall;

using OdooId = std::int64_t;

/// A row: column -> stored value. Null is an empty cell; a many2one is an id, a many2many an array of ids, a date the
/// text Odoo sends.
using OdooRecord = std::map<std::string, nlohmann::json, std::less<>>;

/// Returns the value of the column; null if the row has none.
nlohmann::json const& value_of(OdooRecord const& record, std::string_view field) noexcept;

enum class FieldKind {
    boolean,
    integer,
    floating,
    monetary,
    character,
    text,
    html,
    date,
    datetime,
    selection,
    many2one,
    one2many,
    many2many,
    binary,
};

/// Returns Odoo's name of the type: "boolean", "float", "char", ...
std::string_view to_string(FieldKind kind) noexcept;

/// The effect on a row when the row its many2one refers to is deleted.
enum class OnDelete { set_null, restrict, cascade };

struct OdooField {
    std::string name;
    FieldKind kind = FieldKind::character;
    std::string label{};  ///< displayed name (`string`); empty: the name
    bool required = false;
    bool readonly = false;
    nlohmann::json default_value{};
    std::string relation{};      ///< model that a relational field refers to
    std::string inverse_name{};  ///< for a one2many: the many2one that refers back
    OnDelete on_delete = OnDelete::set_null;
    std::vector<std::pair<std::string, std::string>> selection{};  ///< key and label
    int digits = -1;                                               ///< decimals to round a float to; -1: no rounding
    bool secret = false;                                           ///< always read as "", like a password

    /// If set, the field is not stored: reading it calls this function.
    std::function<nlohmann::json(OdooStore const&, OdooRecord const&)> compute{};
    /// Called when a computed field is written; may change the row. If empty, writing has no effect.
    std::function<void(OdooRecord&, nlohmann::json const&)> inverse{};

    bool stored() const noexcept { return !compute && kind != FieldKind::one2many; }
    bool relational() const noexcept {
        return kind == FieldKind::many2one || kind == FieldKind::one2many || kind == FieldKind::many2many;
    }

    std::string const& label_or_name() const noexcept { return label.empty() ? name : label; }
};

/// A uniqueness constraint: no two rows may have equal values in all these columns.
struct OdooUnique {
    std::vector<std::string> columns;
    std::string message;
};

/// A condition on one row, checked by the database.
struct OdooCheck {
    std::function<bool(OdooRecord const&)> holds;
    std::string message;
};

/// A condition checked in Python (`@api.constrains`); may inspect other rows.
struct OdooConstraint {
    std::function<bool(OdooStore const&, OdooRecord const&)> holds;
    std::string message;
};

/// The group required for an operation; empty: none. Only the users 1 and 2 are in any group.
struct OdooAccess {
    std::string read{};   ///< group required to read
    std::string write{};  ///< group required to write, create and delete
};

/// A custom method of a model. An exception rolls the call back; a null result is Python's None.
using OdooMethod = std::function<nlohmann::json(OdooCall&)>;

struct OdooModel {
    std::string name;
    std::string label{};
    std::vector<OdooField> fields{};
    std::string order = "id";
    /// Fields searched by `name_search`; the first is the display name.
    std::vector<std::string> search_names = {"name"};
    std::vector<OdooUnique> unique{};
    std::vector<OdooCheck> checks{};
    std::vector<OdooConstraint> constraints{};
    OdooAccess access{};
    /// Called before a row is deleted; throws to prevent it.
    std::function<void(OdooStore const&, OdooRecord const&)> before_unlink{};
    /// Returns the display name of a record, shown where other records refer to it. If empty, the first search name is
    /// used.
    std::function<std::string(OdooStore const&, OdooRecord const&)> display_name{};
    std::map<std::string, OdooMethod, std::less<>> methods{};

    OdooField const* find_field(std::string_view field) const noexcept;

    std::string const& label_or_name() const noexcept { return label.empty() ? name : label; }
};

/// One call of a model's method, as received from the client.
struct OdooCall {
    OdooStore& store;
    OdooModel const& model;
    OdooId uid = 0;
    nlohmann::json args = nlohmann::json::array();  ///< positional; for a method on records, the ids come first
    nlohmann::json kwargs = nlohmann::json::object();
    nlohmann::json context = nlohmann::json::object();
};

}  // namespace zenoo_rpc::testing

#endif  // ZENOO_RPC_TESTING_ODOO_MODEL_HPP
