// SPDX-License-Identifier: BSL-1.0
#include "testing/orm/orm_commands.hpp"

#include "testing/python/python_errors.hpp"

#include <algorithm>
#include <utility>

namespace zenoo_rpc::testing {

namespace {

using nlohmann::json;
using Verb = OrmCommand::Verb;

OdooException wrong_value(OdooField const& field, json const& value) {
    return python::value_error("Wrong value for " + field.name + ": " + python::repr(value));
}

bool is_command(json const& item) {
    return item.is_array() && !item.empty() && item[0].is_number_integer() && item[0] >= 0 && item[0] <= 6;
}

}  // namespace

std::vector<OrmCommand> commands_from(OdooField const& field, json const& value) {
    std::vector<OrmCommand> commands;
    if (!python::truth(value)) {
        commands.push_back({Verb::clear});
        return commands;
    }
    if (!value.is_array()) throw wrong_value(field, value);
    bool const plain_ids = std::ranges::all_of(value, [](json const& item) { return item.is_number_integer(); });
    if (plain_ids) {
        commands.push_back({Verb::set, 0, value});
        return commands;
    }
    for (auto const& item : value) {
        if (!is_command(item)) throw wrong_value(field, value);
        OrmCommand command{static_cast<Verb>(item[0].get<int>())};
        if (item.size() > 1 && item[1].is_number_integer()) command.id = item[1].get<OdooId>();
        if (item.size() > 2) command.payload = item[2];
        commands.push_back(std::move(command));
    }
    return commands;
}

}  // namespace zenoo_rpc::testing
