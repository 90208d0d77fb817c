// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTS_ONCE_AUDIT_LOG_HPP
#define ZENOO_RPC_TESTS_ONCE_AUDIT_LOG_HPP

#include "once/random_records.hpp"

#include <zenoo_rpc/odoo/import_options.hpp>
#include <zenoo_rpc/testing/odoo_stats.hpp>

#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace zenoo_rpc::tests {

/// Outcomes reported to one importer, over all of its restarts.
class AuditLog {
public:
    explicit AuditLog(std::vector<PlannedRecord> const& plan) : plan_{plan} {}

    void note(std::size_t index, boost::system::result<RecordId, Failure> const& record) {
        std::string const reason = record ? std::string{} : record.error().what();
        auto const& planned = plan_[index];
        if (record.has_value() != planned.is_good()) {
            add_problem(index, record ? "was imported, but is bad" : "was rejected: " + reason);
        } else if (reason.find(planned.refusal) == reason.npos) {
            add_problem(index, "was rejected for another reason: " + reason);
        }
        auto const [before, is_new] = reported_.emplace(index, record ? *record : 0);
        if (!is_new && before->second != (record ? *record : 0)) add_problem(index, "had another outcome before");
    }

    /// Returns the contradictions between the reported outcomes and the database.
    std::vector<std::string> problems(testing::OdooStore const& store) const {
        auto all = problems_;
        for (std::size_t i = 0; i < plan_.size(); ++i) {
            auto const reported = reported_.find(i);
            auto const found = store.resolve(id_of(i));
            if (reported == reported_.end()) {
                all.push_back(id_of(i) + " has no reported outcome");
            } else if (plan_[i].is_good() && (!found || found->id != reported->second)) {
                all.push_back(id_of(i) + " was reported with another id");
            }
        }
        return all;
    }

private:
    std::string const& id_of(std::size_t index) const { return plan_[index].record.id.text(); }
    void add_problem(std::size_t index, std::string const& what) { problems_.push_back(id_of(index) + ' ' + what); }

    std::vector<PlannedRecord> const& plan_;
    std::map<std::size_t, RecordId> reported_;  // 0: rejected
    std::vector<std::string> problems_;
};

/// Returns what is wrong with the database, which must contain each good record once, with its values, and nothing
/// else.
inline std::vector<std::string> problems_in(testing::OdooStore const& store, testing::OdooStats const& stats,
                                            std::vector<PlannedRecord> const& plan) {
    std::vector<std::string> all;
    std::size_t good = 0;
    for (auto const& planned : plan) {
        auto const& id = planned.record.id.text();
        auto const found = store.resolve(id);
        if (!planned.is_good()) {
            if (found) all.push_back(id + " exists, but is bad");
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
            if (stored == nlohmann::json::array()) stored = nullptr;  // an empty set, or one that was never filled
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

#endif  // ZENOO_RPC_TESTS_ONCE_AUDIT_LOG_HPP
