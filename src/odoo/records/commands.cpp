// SPDX-License-Identifier: BSL-1.0
#include <zenoo_rpc/odoo/commands.hpp>

#include <utility>

namespace zenoo_rpc {

namespace {

using nlohmann::json;

/// Odoo's numbers of its commands.
enum class Code { create = 0, update = 1, delete_ = 2, unlink = 3, link = 4, clear = 5, set = 6 };

void add(json& list, Code code, RecordId id, json payload) {
    auto command = json::array();
    command.push_back(static_cast<int>(code));
    command.push_back(id);
    command.push_back(std::move(payload));
    list.push_back(std::move(command));
}

void add_each(json& list, Code code, RecordIds const& ids) {
    for (RecordId const id : ids.list()) add(list, code, id, 0);
}

}  // namespace

Commands& Commands::create(Values record) {
    add(list_, Code::create, 0, std::move(record).json());
    return *this;
}

Commands& Commands::update(RecordId id, Values changes) {
    add(list_, Code::update, id, std::move(changes).json());
    return *this;
}

Commands& Commands::delete_(RecordIds ids) {
    add_each(list_, Code::delete_, ids);
    return *this;
}

Commands& Commands::unlink(RecordIds ids) {
    add_each(list_, Code::unlink, ids);
    return *this;
}

Commands& Commands::link(RecordIds ids) {
    add_each(list_, Code::link, ids);
    return *this;
}

Commands& Commands::clear() {
    add(list_, Code::clear, 0, 0);
    return *this;
}

Commands& Commands::set(RecordIds ids) {
    add(list_, Code::set, 0, ids.list());
    return *this;
}

}  // namespace zenoo_rpc
