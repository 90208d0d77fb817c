// SPDX-License-Identifier: BSL-1.0
#include "import_run.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/experimental/parallel_group.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <exception>
#include <utility>

namespace asio = boost::asio;
using namespace zenoo_rpc;

namespace {

constexpr std::size_t references_per_call = 500;

}  // namespace

asio::awaitable<void> ImportRun::run(std::size_t concurrency) {
    auto const before = co_await references();
    known_ = {before.begin(), before.end()};

    auto const executor = co_await asio::this_coro::executor;
    auto worker = [&] { return asio::co_spawn(executor, work(), asio::deferred); };
    std::vector<decltype(worker())> workers;
    for (std::size_t i = 0; i < std::min(concurrency, contacts_.size()); ++i) workers.push_back(worker());
    if (workers.empty()) co_return;

    auto group = asio::experimental::make_parallel_group(std::move(workers));
    auto const [order, failures] = co_await group.async_wait(asio::experimental::wait_for_all(), asio::use_awaitable);
    for (auto const& failure : failures) {
        if (failure) std::rethrow_exception(failure);
    }
}

asio::awaitable<void> ImportRun::work() {
    auto const cancellation = co_await asio::this_coro::cancellation_state;
    auto is_cancelled = [&] { return cancellation.cancelled() != asio::cancellation_type::none; };
    while (next_ < contacts_.size() && !is_cancelled()) co_await import(contacts_[next_++]);
}

asio::awaitable<void> ImportRun::import(Contact const& contact) {
    auto const results = client_.results();
    Result<RecordId> const imported = co_await results.create_once("res.partner", contact.id, contact.record);
    auto const& key = contact.id.text();
    if (imported) {
        confirmed_.insert(key);
        ++(known_.contains(key) ? tally_.already_there : tally_.created);
    } else if (!imported.error().cancelled()) {
        tally_.failed.push_back({contact.line, imported.error().what()});
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
        if (copies > 1) proof.doubled.push_back(key);
    }
    co_return proof;
}
