// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ODOO_COMMANDS_HPP
#define ZENOO_RPC_ODOO_COMMANDS_HPP

#include <zenoo_rpc/odoo/record_id.hpp>
#include <zenoo_rpc/odoo/values.hpp>

#include <nlohmann/json.hpp>

#include <utility>

namespace zenoo_rpc {

/// What happens to the records behind a one2many or many2many field, in this order, when it is written: Odoo's
/// commands under Odoo's names, as a value of the field.
///
///     values("name", "Desk Ltd", "child_ids", commands::create(values("name", "Ada")).unlink(7))
///
/// All of it is part of the one call, and so of its transaction.
class Commands {
public:
    /// Makes a record and links it. A call with this is not repeated when its outcome is unknown.
    Commands& create(Values record);
    /// Writes into a record that is linked.
    Commands& update(RecordId id, Values changes);
    /// Deletes records from the database, for everybody.
    Commands& delete_(RecordIds ids);
    /// Takes records from the field. Where a one2many cannot be without its parent, Odoo deletes them.
    Commands& unlink(RecordIds ids);
    /// Puts records that exist into the field.
    Commands& link(RecordIds ids);
    /// Unlinks all.
    Commands& clear();
    /// Has these and no others linked.
    Commands& set(RecordIds ids);

    friend void to_json(nlohmann::json& json, Commands const& commands) { json = commands.list_; }

private:
    nlohmann::json list_ = nlohmann::json::array();
};

/// Each begins a list of `Commands`.
namespace commands {

inline Commands create(Values record) { return Commands().create(std::move(record)); }
inline Commands update(RecordId id, Values changes) { return Commands().update(id, std::move(changes)); }
inline Commands delete_(RecordIds ids) { return Commands().delete_(std::move(ids)); }
inline Commands unlink(RecordIds ids) { return Commands().unlink(std::move(ids)); }
inline Commands link(RecordIds ids) { return Commands().link(std::move(ids)); }
inline Commands clear() { return Commands().clear(); }
inline Commands set(RecordIds ids) { return Commands().set(std::move(ids)); }

}  // namespace commands
}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ODOO_COMMANDS_HPP
