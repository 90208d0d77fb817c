// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTS_ONCE_RANDOM_RECORDS_HPP
#define ZENOO_RPC_TESTS_ONCE_RANDOM_RECORDS_HPP

#include "testing/every_kind.hpp"

#include <zenoo_rpc/odoo/import_record.hpp>
#include <zenoo_rpc/testing/odoo_store.hpp>

#include <cstdint>
#include <random>
#include <string>
#include <utility>
#include <vector>

// Records of `x.every.kind` with values of all kinds, good ones and bad ones, and what is to become of each.

namespace zenoo_rpc::tests {

/// Numbers of a seed, whatever the standard library.
class Dice {
public:
    explicit Dice(std::uint64_t seed) : random_{seed} {}

    std::uint64_t any() { return random_(); }
    std::uint64_t below(std::uint64_t end) { return random_() % end; }
    std::int64_t between(std::int64_t first, std::int64_t last) {
        return first + static_cast<std::int64_t>(below(static_cast<std::uint64_t>(last - first) + 1));
    }
    bool one_in(std::uint64_t count) { return below(count) == 0; }
    double share() { return static_cast<double>(random_() >> 11) * 0x1p-53; }
    template <class Choices>
    auto const& of(Choices const& choices) {
        return choices[below(std::size(choices))];
    }

private:
    std::mt19937_64 random_;
};

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
