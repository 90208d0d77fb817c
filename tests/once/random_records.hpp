// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTS_ONCE_RANDOM_RECORDS_HPP
#define ZENOO_RPC_TESTS_ONCE_RANDOM_RECORDS_HPP

#include "once/dice.hpp"
#include "testing/orm/every_kind.hpp"

#include <zenoo_rpc/odoo/import_record.hpp>
#include <zenoo_rpc/testing/odoo_store.hpp>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

// Records of `x.every.kind` with values of all kinds, good ones and bad ones, and what is to become of each.

namespace zenoo_rpc::tests {

/// A record to be imported, and what the database has to hold of it, or why it has to be refused.
struct PlannedRecord {
    ImportRecord record;
    testing::OdooRecord stored;
    std::string refusal = {};  ///< a part of the reason; empty: the record is good
    bool is_good() const noexcept { return refusal.empty(); }
};

/// `x.every.kind`, with conditions that the database and Python check.
testing::OdooModel proof_model();

/// Some records with keys of their own, of which about one in `bad_one_in` is bad.
std::vector<PlannedRecord> planned_records(Dice& dice, std::size_t count, std::uint64_t bad_one_in,
                                           testing::OdooStore const& store);

}  // namespace zenoo_rpc::tests

#endif  // ZENOO_RPC_TESTS_ONCE_RANDOM_RECORDS_HPP
