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

/// Imports one record of the model with every kind of field into a server of its own.
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
    /// What arrives where this text is sent.
    json arrives(char const* column, json cell) {
        json const answer = load(json::array({column}), json::array({std::move(cell)}));
        INFO(answer);
        REQUIRE(answer.at("ids").is_array());
        CHECK(answer.at("messages").empty());
        json const id = answer.at("ids").at(0);
        std::string const path = column;
        json const value = read(id, path.substr(0, path.find('/')).c_str());
        call(core, "x.every.kind", "unlink", json::array({id}));
        return value;
    }
    /// The one message about a cell that is refused.
    json refusal(char const* column, json cell) {
        json const answer = load(json::array({column}), json::array({std::move(cell)}));
        CHECK(answer.at("ids") == false);
        CHECK(answer.at("nextrow") == 0);
        REQUIRE(answer.at("messages").size() == 1);
        CHECK(core.store().table("x.every.kind").empty());
        return answer.at("messages").at(0);
    }
    std::string error(char const* column, json cell) {
        json const arguments =
            json::array({json::array({"id", column}), json::array({json::array({"__t__.row", cell})})});
        json const data = error_of(core, "x.every.kind", "load", arguments, once);
        return data.at("name").get<std::string>() + ": " + data.at("message").get<std::string>();
    }
};

}  // namespace zenoo_rpc::tests

#endif  // ZENOO_RPC_TESTS_TESTING_ORM_IMPORT_HPP
