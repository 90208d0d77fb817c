// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ODOO_COMMANDS_HPP
#define ZENOO_RPC_ODOO_COMMANDS_HPP

#include <zenoo_rpc/odoo/record_id.hpp>
#include <zenoo_rpc/odoo/values.hpp>

#include <nlohmann/json.hpp>

#include <utility>

namespace zenoo_rpc {

/// Changes to the records behind a one2many or many2many field, applied in this order when the field is written: Odoo's
/// commands under Odoo's names, used as the value of the field.
///
///     values("name", "Desk Ltd", "child_ids", commands::create(values("name", "Ada")).unlink(7))
///
/// They are part of the one call, and so of its transaction.
class Commands {
public:
    /// Creates a record and links it. A call with this command is not sent again when its outcome is unknown.
    Commands& create(Values record);
    /// Writes into a linked record.
    Commands& update(RecordId id, Values changes);
    /// Deletes records from the database, not just from the field.
    Commands& delete_(RecordIds ids);
    /// Removes records from the field. Odoo deletes those of a one2many that require their parent.
    Commands& unlink(RecordIds ids);
    /// Adds existing records to the field.
    Commands& link(RecordIds ids);
    /// Removes all records from the field.
    Commands& clear();
    /// Links these records and removes all others from the field.
    Commands& set(RecordIds ids);

    friend void to_json(nlohmann::json& json, Commands const& commands) { json = commands.list_; }

private:
    nlohmann::json list_ = nlohmann::json::array();
};

/// Functions that start a list of `Commands`.
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
