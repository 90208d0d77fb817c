// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTS_ONCE_LEDGER_HPP
#define ZENOO_RPC_TESTS_ONCE_LEDGER_HPP

#include "once/random_records.hpp"

#include <zenoo_rpc/odoo/import_options.hpp>
#include <zenoo_rpc/testing/odoo_stats.hpp>

#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace zenoo_rpc::tests {

/// What one importer was told of its records, in all of its lives.
class Ledger {
public:
    explicit Ledger(std::vector<PlannedRecord> const& plan) : plan_{plan} {}

    void note(std::size_t index, boost::system::result<RecordId, Failure> const& record) {
        std::string const told = record ? std::string{} : record.error().what();
        auto const& planned = plan_[index];
        if (record.has_value() != planned.is_good()) {
            complain(index, record ? "was taken, but is bad" : "was refused: " + told);
        } else if (told.find(planned.refusal) == told.npos) {
            complain(index, "was refused with another reason: " + told);
        }
        auto const [before, is_new] = told_.emplace(index, record ? *record : 0);
        if (!is_new && before->second != (record ? *record : 0)) complain(index, "was told otherwise before");
    }

    /// What is wrong with all that was told, now that the database holds this.
    std::vector<std::string> complaints(testing::OdooStore const& store) const {
        auto all = complaints_;
        for (std::size_t i = 0; i < plan_.size(); ++i) {
            auto const told = told_.find(i);
            auto const found = store.resolve(id_of(i));
            if (told == told_.end()) {
                all.push_back(id_of(i) + " was told nothing of");
            } else if (plan_[i].is_good() && (!found || found->id != told->second)) {
                all.push_back(id_of(i) + " was told with another id");
            }
        }
        return all;
    }

private:
    std::string const& id_of(std::size_t index) const { return plan_[index].record.id.text(); }
    void complain(std::size_t index, std::string const& what) { complaints_.push_back(id_of(index) + ' ' + what); }

    std::vector<PlannedRecord> const& plan_;
    std::map<std::size_t, RecordId> told_;  // 0: refused
    std::vector<std::string> complaints_;
};

/// What is wrong with the database: each good record has to be there once, with its values, and nothing else.
inline std::vector<std::string> complaints_of(testing::OdooStore const& store, testing::OdooStats const& stats,
                                              std::vector<PlannedRecord> const& plan) {
    std::vector<std::string> all;
    std::size_t good = 0;
    for (auto const& planned : plan) {
        auto const& id = planned.record.id.text();
        auto const found = store.resolve(id);
        if (!planned.is_good()) {
            if (found) all.push_back(id + " is there, but is bad");
            continue;
        }
        ++good;
        if (!found) {
            all.push_back(id + " is lost");
            continue;
        }
        auto const times = stats.external_ids.at(id).committed;
        if (times != 1) all.push_back(id + " was created " + std::to_string(times) + " times");
        auto const& row = *store.find("x.every.kind", found->id);
        for (auto const& field : store.model("x.every.kind").fields) {
            if (!field.stored() || !field.name.starts_with("x_")) continue;
            auto const given = planned.stored.find(field.name);
            auto expected = given == planned.stored.end() ? field.default_value : given->second;
            auto stored = testing::value_of(row, field.name);
            if (stored == nlohmann::json::array()) stored = nullptr;  // a set that is empty, or never was filled
            if (expected == nlohmann::json::array()) expected = nullptr;
            if (stored != expected) {
                all.push_back(id + ", " + field.name + ": " + stored.dump() + " instead of " + expected.dump());
            }
        }
    }
    auto const rows = store.table("x.every.kind").size();
    if (rows != good) all.push_back(std::to_string(rows) + " rows for " + std::to_string(good) + " good records");
    for (auto const& [model, count] : stats.created) {
        if (model != "x.every.kind" || count != good) all.push_back(std::to_string(count) + " created in " + model);
    }
    return all;
}

}  // namespace zenoo_rpc::tests

#endif  // ZENOO_RPC_TESTS_ONCE_LEDGER_HPP
