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

/// A row: column -> value as stored. Null is an empty cell; a many2one is an id, a many2many an array of ids, dates are
/// Odoo's text.
using OdooRecord = std::map<std::string, nlohmann::json, std::less<>>;

/// The column's value, null if the row has none.
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

/// Odoo's own word: "boolean", "float", "char", ...
std::string_view to_string(FieldKind kind) noexcept;

/// What becomes of a row whose many2one points to a row that is deleted.
enum class OnDelete { set_null, restrict, cascade };

struct OdooField {
    std::string name;
    FieldKind kind = FieldKind::character;
    std::string label{};  ///< what people see (`string`); empty: the name
    bool required = false;
    bool readonly = false;
    nlohmann::json default_value{};
    std::string relation{};      ///< the model a relational field points to
    std::string inverse_name{};  ///< of a one2many: the many2one that leads back
    OnDelete on_delete = OnDelete::set_null;
    std::vector<std::pair<std::string, std::string>> selection{};  ///< key and label
    int digits = -1;                                               ///< decimals a float is rounded to; -1: all
    bool secret = false;                                           ///< read as "", like a password

    /// Not stored, read through this function.
    std::function<nlohmann::json(OdooStore const&, OdooRecord const&)> compute{};
    /// What writing a computed field does to the row; without it, nothing.
    std::function<void(OdooRecord&, nlohmann::json const&)> inverse{};

    bool stored() const noexcept { return !compute && kind != FieldKind::one2many; }
    bool relational() const noexcept {
        return kind == FieldKind::many2one || kind == FieldKind::one2many || kind == FieldKind::many2many;
    }

    std::string const& label_or_name() const noexcept { return label.empty() ? name : label; }
};

/// No two rows may agree in all these columns.
struct OdooUnique {
    std::vector<std::string> columns;
    std::string message;
};

/// A condition on one row, checked by the database.
struct OdooCheck {
    std::function<bool(OdooRecord const&)> holds;
    std::string message;
};

/// A condition checked in Python (`@api.constrains`): may look at other rows.
struct OdooConstraint {
    std::function<bool(OdooStore const&, OdooRecord const&)> holds;
    std::string message;
};

/// The group whose members alone may do this; empty: everybody. Only the users 1 and 2 are in any group.
struct OdooAccess {
    std::string read{};
    std::string write{};  ///< create and delete as well
};

/// A method of a model of its own. What it throws rolls the call back; null is Python's None.
using OdooMethod = std::function<nlohmann::json(OdooCall&)>;

struct OdooModel {
    std::string name;
    std::string label{};
    std::vector<OdooField> fields{};
    std::string order = "id";
    std::vector<std::string> search_names = {"name"};  ///< what `name_search` looks at; the first one names a record
    std::vector<OdooUnique> unique{};
    std::vector<OdooCheck> checks{};
    std::vector<OdooConstraint> constraints{};
    OdooAccess access{};
    /// Called before a row is deleted; throws to refuse.
    std::function<void(OdooStore const&, OdooRecord const&)> before_unlink{};
    /// What a record is called where another one refers to it; empty: by its first search name.
    std::function<std::string(OdooStore const&, OdooRecord const&)> display_name{};
    std::map<std::string, OdooMethod, std::less<>> methods{};

    OdooField const* find_field(std::string_view field) const noexcept;

    std::string const& label_or_name() const noexcept { return label.empty() ? name : label; }
};

/// One call of a method of a model, as it came over the wire.
struct OdooCall {
    OdooStore& store;
    OdooModel const& model;
    OdooId uid = 0;
    nlohmann::json args = nlohmann::json::array();  ///< positional, the ids first where the method works on records
    nlohmann::json kwargs = nlohmann::json::object();
    nlohmann::json context = nlohmann::json::object();
};

}  // namespace zenoo_rpc::testing

#endif  // ZENOO_RPC_TESTING_ODOO_MODEL_HPP
