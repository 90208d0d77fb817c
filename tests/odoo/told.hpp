// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTS_ODOO_TOLD_HPP
#define ZENOO_RPC_TESTS_ODOO_TOLD_HPP

#include "shop.hpp"
#include "support/catch.hpp"

#include <zenoo_rpc/odoo/import_options.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <ranges>
#include <set>
#include <string>

namespace zenoo_rpc::tests {

/// What an import has told, by the index of the record.
struct Told {
    std::map<std::uint64_t, std::string> failed;
    std::set<std::uint64_t> imported;

    ImportOptions options() {
        return ImportOptions().on_outcome([this](ImportOutcome const& outcome) {
            CHECK(outcome.id == "shop." + shop_key(outcome.index));
            CHECK_FALSE(failed.contains(outcome.index));
            CHECK_FALSE(imported.contains(outcome.index));
            if (outcome.record) {
                imported.insert(outcome.index);
            } else {
                failed.emplace(outcome.index, outcome.record.error().what());
            }
        });
    }
};

inline auto good_records(std::size_t count) {
    return std::views::iota(std::size_t{0}, count) | std::views::transform(good_record);
}

}  // namespace zenoo_rpc::tests

#endif  // ZENOO_RPC_TESTS_ODOO_TOLD_HPP
