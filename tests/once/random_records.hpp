// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTS_ONCE_RANDOM_RECORDS_HPP
#define ZENOO_RPC_TESTS_ONCE_RANDOM_RECORDS_HPP

#include "once/rng.hpp"
#include "testing/orm/every_kind.hpp"

#include <zenoo_rpc/odoo/import_record.hpp>
#include <zenoo_rpc/testing/odoo_store.hpp>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

// Random records of `x.every.kind`, good and bad ones, with the expected outcome of each.

namespace zenoo_rpc::tests {

/// Record to import, with the values expected in the database or the reason why it must be rejected.
struct PlannedRecord {
    ImportRecord record;
    testing::OdooRecord stored;
    std::string refusal = {};  ///< part of the reason; empty for a good record
    bool is_good() const noexcept { return refusal.empty(); }
};

/// Returns `x.every.kind` with a check of the database and a constraint in Python.
testing::OdooModel proof_model();

/// Returns `count` random records with distinct keys; about one in `bad_one_in` is bad.
std::vector<PlannedRecord> planned_records(Rng& rng, std::size_t count, std::uint64_t bad_one_in,
                                           testing::OdooStore const& store);

}  // namespace zenoo_rpc::tests

#endif  // ZENOO_RPC_TESTS_ONCE_RANDOM_RECORDS_HPP
