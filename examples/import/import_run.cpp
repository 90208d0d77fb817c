// SPDX-License-Identifier: BSL-1.0
#include "import_run.hpp"

#include <algorithm>
#include <ranges>
#include <utility>

namespace asio = boost::asio;
using namespace zenoo_rpc;

namespace {

constexpr std::size_t references_per_call = 500;

}  // namespace

asio::awaitable<void> ImportRun::run(ImportOptions options, std::function<void(BadRow const&)> on_failed) {
    on_failed_ = std::move(on_failed);
    auto const before = co_await references();
    known_ = {before.begin(), before.end()};

    options.on_outcome([this](ImportOutcome const& outcome) { note(outcome); });
    auto const as_record = [](Contact const& contact) { return ImportRecord{contact.id, contact.record}; };
    auto const results = client_.results();
    Result<ImportReport> const report =
        co_await results.import_records("res.partner", contacts_ | std::views::transform(as_record), options);
    if (report) {
        tally_.settled_before = report->done_before;
    } else if (!report.error().cancelled()) {
        report.error().raise();
    }
}

void ImportRun::note(ImportOutcome const& outcome) {
    auto const& contact = contacts_[outcome.index];
    auto const& key = contact.id.text();
    if (outcome.record) {
        confirmed_.insert(key);
        ++(known_.contains(key) ? tally_.already_there : tally_.created);
    } else {
        tally_.failed.push_back({contact.line, outcome.record.error().what()});
        if (on_failed_) on_failed_(tally_.failed.back());
    }
}

asio::awaitable<std::multiset<std::string>> ImportRun::references() {
    std::multiset<std::string> found;
    for (std::size_t first = 0; first < contacts_.size(); first += references_per_call) {
        auto const last = std::min(first + references_per_call, contacts_.size());
        std::vector<std::string> wanted;
        for (std::size_t i = first; i < last; ++i) wanted.push_back(contacts_[i].id.text());
        auto const domain = field("ref").in(wanted);
        nlohmann::json const partners = co_await client_.search_read("res.partner", domain, fields("ref"));
        for (auto const& partner : partners) found.insert(partner.at("ref").get<std::string>());
    }
    co_return found;
}

asio::awaitable<Proof> ImportRun::prove() {
    auto const there = co_await references();
    Proof proof;
    for (auto const& contact : contacts_) {
        auto const& key = contact.id.text();
        auto const copies = there.count(key);
        if (copies == 0 && confirmed_.contains(key)) proof.lost.push_back(key);
        if (copies > 1) proof.duplicated.push_back(key);
    }
    co_return proof;
}
