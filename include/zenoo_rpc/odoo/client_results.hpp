// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ODOO_CLIENT_RESULTS_HPP
#define ZENOO_RPC_ODOO_CLIENT_RESULTS_HPP

#include <zenoo_rpc/async/operation.hpp>
#include <zenoo_rpc/odoo/call_options.hpp>
#include <zenoo_rpc/odoo/client_options.hpp>
#include <zenoo_rpc/odoo/detail/row_target.hpp>
#include <zenoo_rpc/odoo/domain.hpp>
#include <zenoo_rpc/odoo/external_id.hpp>
#include <zenoo_rpc/odoo/fields.hpp>
#include <zenoo_rpc/odoo/import_options.hpp>
#include <zenoo_rpc/odoo/import_record.hpp>
#include <zenoo_rpc/odoo/page_stream.hpp>
#include <zenoo_rpc/odoo/query.hpp>
#include <zenoo_rpc/odoo/record_id.hpp>
#include <zenoo_rpc/odoo/record_source.hpp>
#include <zenoo_rpc/odoo/row.hpp>
#include <zenoo_rpc/odoo/search_options.hpp>
#include <zenoo_rpc/odoo/values.hpp>

#include <nlohmann/json.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace zenoo_rpc {

namespace detail {
class ClientCore;
}

/// Methods of a `ZenooClient`, documented there, that return failures as errors of their results instead of throwing.
///
/// Handle, made by `client.results()`. Lifetime: calls own their arguments and what they need of the client.
class ClientResults {
public:
    asio::awaitable<Result<RecordId>> login(std::string database, std::string user, std::string password) const;
    asio::awaitable<Result<RecordId>> login_with_api_key(std::string database, std::string user, std::string key) const;
    asio::awaitable<Result<RecordId>> login_with_api_key(std::string database, std::string key) const;
    asio::awaitable<Result<nlohmann::json>> version() const;
    asio::awaitable<Result<std::vector<std::string>>> database_list() const;
    asio::awaitable<Result<ServerHealth>> health() const;
    asio::awaitable<Result<nlohmann::json>> execute_kw(std::string model, std::string method,
                                                       nlohmann::json args = nlohmann::json::array(),
                                                       nlohmann::json kwargs = nlohmann::json::object(),
                                                       CallOptions options = {}) const;

    asio::awaitable<Result<RecordId>> create(std::string model, Values record, CallOptions options = {}) const;
    asio::awaitable<Result<RecordId>> create_once(std::string model, ExternalId id, Values record,
                                                  CallOptions options = {}) const;
    asio::awaitable<Result<std::vector<RecordId>>> create_once(std::string model, std::vector<ImportRecord> records,
                                                               CallOptions options = {}) const;
    asio::awaitable<Result<RecordId>> upsert(std::string model, ExternalId id, Values record,
                                             CallOptions options = {}) const;
    asio::awaitable<Result<std::vector<RecordId>>> upsert(std::string model, std::vector<ImportRecord> records,
                                                          CallOptions options = {}) const;
    asio::awaitable<Result<ImportReport>> import_records(std::string model, RecordSource records,
                                                         ImportOptions options = {}) const;
    asio::awaitable<Result<nlohmann::json>> read(std::string model, RecordIds ids, Fields fields = {},
                                                 CallOptions options = {}) const;
    // The model is a view: JSON, which is accepted as a domain in its place, converts to std::string as well.
    template <Row T>
    asio::awaitable<Result<std::vector<T>>> read(std::string_view model, RecordIds ids,
                                                 CallOptions options = {}) const {
        auto target = std::make_unique<detail::RowTarget<T>>();
        auto call = read_rows(std::string{model}, std::move(ids), std::move(options), target->sink);
        return detail::rows_of(std::move(target), std::move(call));
    }
    template <ModelRow T>
    asio::awaitable<Result<std::vector<T>>> read(RecordIds ids, CallOptions options = {}) const {
        return read<T>(T::odoo_model, std::move(ids), std::move(options));
    }
    asio::awaitable<Result<std::vector<RecordId>>> search(std::string model, Domain domain = {},
                                                          SearchOptions part = {}, CallOptions options = {}) const;
    asio::awaitable<Result<nlohmann::json>> search_read(std::string model, Domain domain = {}, Fields fields = {},
                                                        SearchOptions part = {}, CallOptions options = {}) const;
    template <Row T>
    asio::awaitable<Result<std::vector<T>>> search_read(std::string_view model, Domain domain = {},
                                                        SearchOptions part = {}, CallOptions options = {}) const {
        auto target = std::make_unique<detail::RowTarget<T>>();
        auto call =
            search_rows(std::string{model}, std::move(domain), std::move(part), std::move(options), target->sink);
        return detail::rows_of(std::move(target), std::move(call));
    }
    template <ModelRow T>
    asio::awaitable<Result<std::vector<T>>> search_read(Domain domain = {}, SearchOptions part = {},
                                                        CallOptions options = {}) const {
        return search_read<T>(T::odoo_model, std::move(domain), std::move(part), std::move(options));
    }
    template <Row T>
    PageResults<T> stream(std::string_view model, Domain domain = {}, std::int64_t page_size = 1000,
                          CallOptions options = {}) const {
        return PageResults<T>{pages(std::string{model}, std::move(domain), {}, page_size, std::move(options))};
    }
    template <ModelRow T>
    PageResults<T> stream(Domain domain = {}, std::int64_t page_size = 1000, CallOptions options = {}) const {
        return stream<T>(T::odoo_model, std::move(domain), page_size, std::move(options));
    }
    PageResults<nlohmann::json> stream(std::string model, Domain domain = {}, Fields fields = {},
                                       std::int64_t page_size = 1000, CallOptions options = {}) const;
    asio::awaitable<Result<void>> write(std::string model, RecordIds ids, Values changes,
                                        CallOptions options = {}) const;
    asio::awaitable<Result<void>> unlink(std::string model, RecordIds ids, CallOptions options = {}) const;

    template <ModelRow T>
    QueryResults<T> model() const {
        return QueryResults<T>{detail::QueryCore{core_, context_, T::odoo_model, detail::row_table<T>}};
    }

private:
    friend class ZenooClient;
    ClientResults(std::shared_ptr<detail::ClientCore> core, std::shared_ptr<nlohmann::json const> context)
        : core_{std::move(core)}, context_{std::move(context)} {}

    asio::awaitable<Result<void>> read_rows(std::string model, RecordIds ids, CallOptions options,
                                            detail::RowSink& rows) const;
    asio::awaitable<Result<void>> search_rows(std::string model, Domain domain, SearchOptions part, CallOptions options,
                                              detail::RowSink& rows) const;
    std::shared_ptr<detail::PageReader> pages(std::string model, Domain domain, Fields fields, std::int64_t page_size,
                                              CallOptions options) const;

    std::shared_ptr<detail::ClientCore> core_;
    std::shared_ptr<nlohmann::json const> context_;
};

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ODOO_CLIENT_RESULTS_HPP
