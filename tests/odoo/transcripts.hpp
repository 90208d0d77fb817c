// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTS_ODOO_TRANSCRIPTS_HPP
#define ZENOO_RPC_TESTS_ODOO_TRANSCRIPTS_HPP

#include <zenoo_rpc/odoo/protocol.hpp>
#include <zenoo_rpc/odoo/record_id.hpp>

#include <cstdint>
#include <string_view>
#include <vector>

// What servers of Odoo answered.

namespace zenoo_rpc::tests {

struct Transcript {
    std::string_view name;
    std::int64_t id;
    RecordId uid;
    std::string_view method;
    int status;
    char const* type;
    char const* body;
    Protocol protocol = Protocol::json_rpc;
};

inline std::vector<Transcript> odoo16_transcripts() {
    return {
#include "data/odoo16.inc"
#include "data/odoo16_other.inc"
    };
}

inline std::vector<Transcript> odoo19_transcripts() {
    return {
#include "data/odoo19.inc"
#include "data/odoo19_other.inc"
    };
}

struct Json2Transcript {
    char const* name;
    char const* http_method;
    char const* target;
    char const* content_type;
    char const* authorization;
    char const* database;
    char const* request;
    int status;
    char const* answer;
};
inline constexpr Json2Transcript odoo19_json2[]{
#include "testing/data/odoo19_json2.inc"
};

inline std::vector<Transcript> json2_transcripts() {
    std::vector<Transcript> all;
    for (auto const& row : odoo19_json2) {
        bool const is_page = std::string_view{row.answer}.starts_with('<');
        bool const loads = std::string_view{row.target}.ends_with("/load");
        all.push_back({row.name, 0, 2, loads ? "load" : "", row.status,
                       is_page ? "text/html; charset=utf-8" : "application/json; charset=utf-8", row.answer,
                       Protocol::json2});
    }
    return all;
}

}  // namespace zenoo_rpc::tests

#endif  // ZENOO_RPC_TESTS_ODOO_TRANSCRIPTS_HPP
