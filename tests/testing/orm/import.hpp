// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTS_TESTING_ORM_IMPORT_HPP
#define ZENOO_RPC_TESTS_TESTING_ORM_IMPORT_HPP

#include "support/catch.hpp"
#include "support/odoo_call.hpp"
#include "testing/orm/every_kind.hpp"

#include <zenoo_rpc/testing/odoo_server_core.hpp>

#include <string>
#include <utility>

namespace zenoo_rpc::tests {

/// Imports one record, of a model with every kind of field, into a server of its own.
struct Import {
    testing::OdooServerCore core;

    Import() { core.store().add_model(every_kind()); }

    json load(json columns, json cells) {
        columns.insert(columns.begin(), "id");
        cells.insert(cells.begin(), "__t__.row");
        return load_once(core, "x.every.kind", std::move(columns), json::array({std::move(cells)}));
    }
    json read(json const& id, char const* field) {
        json const fields = {{"fields", json::array({field})}};
        return call(core, "x.every.kind", "read", json::array({id}), fields).at(0).at(field);
    }
    /// Returns the stored value of an imported cell.
    json arrives(char const* column, json cell) {
        json const response = load(json::array({column}), json::array({std::move(cell)}));
        INFO(response);
        REQUIRE(response.at("ids").is_array());
        CHECK(response.at("messages").empty());
        json const id = response.at("ids").at(0);
        std::string const path = column;
        json const value = read(id, path.substr(0, path.find('/')).c_str());
        call(core, "x.every.kind", "unlink", json::array({id}));
        return value;
    }
    /// Returns the only message about a rejected cell.
    json refusal(char const* column, json cell) {
        json const response = load(json::array({column}), json::array({std::move(cell)}));
        CHECK(response.at("ids") == false);
        CHECK(response.at("nextrow") == 0);
        REQUIRE(response.at("messages").size() == 1);
        CHECK(core.store().table("x.every.kind").empty());
        return response.at("messages").at(0);
    }
    std::string error(char const* column, json cell) {
        json const arguments =
            json::array({json::array({"id", column}), json::array({json::array({"__t__.row", cell})})});
        json const data = error_of(core, "x.every.kind", "load", arguments, import_once);
        return data.at("name").get<std::string>() + ": " + data.at("message").get<std::string>();
    }
};

}  // namespace zenoo_rpc::tests

#endif  // ZENOO_RPC_TESTS_TESTING_ORM_IMPORT_HPP
