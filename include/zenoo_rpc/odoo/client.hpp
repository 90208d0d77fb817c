// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ODOO_CLIENT_HPP
#define ZENOO_RPC_ODOO_CLIENT_HPP

#include <zenoo_rpc/odoo/client_options.hpp>
#include <zenoo_rpc/odoo/client_results.hpp>
#include <zenoo_rpc/odoo/detail/or_throw.hpp>
#include <zenoo_rpc/odoo/page_stream.hpp>
#include <zenoo_rpc/odoo/retry_manager.hpp>
#include <zenoo_rpc/odoo/transport.hpp>

#include <boost/asio/any_io_executor.hpp>

namespace zenoo_rpc {

class CacheManager;
struct CacheOptions;

/// A session with one database of an Odoo server.
///
/// Failures are thrown: `NetworkError`, `TimeoutError`, and what the server says as `AccessError`, `ValidationError`
/// and so on. A call that may not be repeated, was sent, and has no answer that says what became of it, ends with
/// `OutcomeUnknownError`, and nothing around it can have it sent again; also when it was cancelled.
///
/// A session that the server has forgotten is renewed once for all calls that find out, and these are made again; if
/// that fails they end with `SessionExpiredError`, or with what kept the client from logging in if that may pass.
///
/// Cancellation: whatever the calling coroutine admits ends a call at once.
/// Lifetime: calls own copies of their arguments. Threads: safe to share once it is made.
class ZenooClient {
public:
    /// Connects to nothing yet. Throws `std::invalid_argument` for an unusable address or option.
    ZenooClient(asio::any_io_executor executor, std::string const& host_or_url, ClientOptions options = {});
    /// Speaks through `transport`, which has the connect timeout to itself.
    ZenooClient(asio::any_io_executor executor, std::shared_ptr<Transport> transport, ClientOptions options = {});

    asio::any_io_executor get_executor() const;

    /// The same methods, returning results.
    ClientResults results() const { return ClientResults{core_, context_}; }

    /// The same client, whose calls carry this context beside the user's and this one's: `values("lang", "fr_FR")`. A
    /// call's own context wins. What is done to either, such as a login, is done to both.
    ZenooClient with_context(Values context) const;

    /// From now on calls are made as `options` say; those under way are not affected. A new client repeats nothing.
    void setup_retry_manager(RetryManagerOptions options);
    RetryManager retry_manager() const;
    /// The values that this client, and those that `with_context` made of it, keep for a while: see
    /// <zenoo_rpc/cache.hpp>. A login in another name or a logout forgets them all.
    CacheManager cache_manager() const;
    /// From now on it is another cache, empty and as `options` say. Throws `std::invalid_argument` for unusable ones.
    void setup_cache_manager(CacheOptions const& options);
    /// Says of a method whether executing it twice does no harm: `set_repeatable("sale.order", "action_confirm")`. `*`
    /// stands for any model, and at the end of a method for any ending. `CallOptions` have the last word.
    void set_repeatable(std::string model, std::string method, bool yes = true);
    /// From now on `observer` is told the tracebacks that come with errors of the server. No exception has them.
    void on_traceback(TracebackObserver observer);

    /// Begins no more calls, lets those under way end for at most `grace` (0: none), then cancels them. When it ends,
    /// no call is under way and no connection open; calls made later end as if they were cancelled.
    asio::awaitable<void> close(Duration grace = unlimited);

    /// Gives the id of the user, in whose name all further calls are made. Repeated only if it was not sent.
    /// Errors: `AuthenticationError` for a wrong name or password, `ServerError` for an unknown database.
    asio::awaitable<RecordId> login(std::string database, std::string user, std::string password);

    /// The same with an API key, which is all that JSON-2 takes. `Protocol::automatic` asks the server once what it
    /// speaks. Without the user's name it must be JSON-2: `AuthenticationError` if it is not.
    asio::awaitable<RecordId> login_with_api_key(std::string database, std::string user, std::string key);
    asio::awaitable<RecordId> login_with_api_key(std::string database, std::string key);

    /// Forgets who was logged in; the password or key is overwritten when the last call that uses it ends. Nothing is
    /// sent: neither protocol has sessions that the server would have to forget.
    void logout();

    /// What the server says of itself; needs no login.
    asio::awaitable<nlohmann::json> version() { return detail::or_throw(results().version()); }
    /// Names of databases; needs no login. Errors: `AccessError` where the server does not tell them.
    asio::awaitable<std::vector<std::string>> database_list() { return detail::or_throw(results().database_list()); }
    /// Whether the server is there, and its database: one question, whatever the retry manager says. A server that is
    /// not there is an answer, not an exception.
    asio::awaitable<ServerHealth> health() { return detail::or_throw(results().health()); }

    /// Calls any method of any model: what it returns, null for None. `load` throws if nothing was loaded.
    ///
    /// JSON-2 knows named arguments alone. Those of Odoo's own methods are named for it; a positional argument of any
    /// other method is refused, and belongs into `kwargs`, with `ids` for the records. JSON-RPC takes that too.
    asio::awaitable<nlohmann::json> execute_kw(std::string model, std::string method,
                                               nlohmann::json args = nlohmann::json::array(),
                                               nlohmann::json kwargs = nlohmann::json::object(),
                                               CallOptions options = {}) {
        return detail::or_throw(
            results().execute_kw(std::move(model), std::move(method), std::move(args), std::move(kwargs), options));
    }

    asio::awaitable<RecordId> create(std::string model, Values record, CallOptions options = {});

    /// Creates the record of that external id unless it is there: however often it is called, there is one, and
    /// edits made since stay. Looks up the fields of a model once.
    ///
    /// Takes what an import can write as `create` would: no one2many and no properties, records by id or external id.
    /// "" empties a text, and Odoo 16 refuses references to archived records. Errors: `ValidationError`, not sent for
    /// a value that it does not take.
    asio::awaitable<RecordId> create_once(std::string model, ExternalId id, Values record, CallOptions options = {}) {
        return detail::or_throw(results().create_once(std::move(model), std::move(id), std::move(record), options));
    }
    /// The same for many, in as few calls as can be: the ids in the order of the records. One may refer to others
    /// before it by their external ids. If some are refused, the others get in all the same, and the error is that of
    /// the first; `import_records` tells of all.
    asio::awaitable<std::vector<RecordId>> create_once(std::string model, std::vector<ImportRecord> records,
                                                       CallOptions options = {}) {
        return detail::or_throw(results().create_once(std::move(model), std::move(records), options));
    }

    /// Creates the record of that external id, or writes these values into the one that is there, also over what
    /// others have written since.
    asio::awaitable<RecordId> upsert(std::string model, ExternalId id, Values record, CallOptions options = {}) {
        return detail::or_throw(results().upsert(std::move(model), std::move(id), std::move(record), options));
    }
    asio::awaitable<std::vector<RecordId>> upsert(std::string model, std::vector<ImportRecord> records,
                                                  CallOptions options = {}) {
        return detail::or_throw(results().upsert(std::move(model), std::move(records), options));
    }

    /// An array of objects; records that do not exist are left out.
    asio::awaitable<nlohmann::json> read(std::string model, RecordIds ids, Fields fields = {},
                                         CallOptions options = {}) {
        return detail::or_throw(results().read(std::move(model), std::move(ids), std::move(fields), options));
    }

    /// The same as structs, whose members are the fields that are read: see `Row`. The model is that of the struct, or
    /// is named. Errors: `ProtocolError` that says in which record which field does not fit its member.
    template <Row T>
    asio::awaitable<std::vector<T>> read(std::string_view model, RecordIds ids, CallOptions options = {}) {
        return detail::or_throw(results().read<T>(model, std::move(ids), std::move(options)));
    }
    template <ModelRow T>
    asio::awaitable<std::vector<T>> read(RecordIds ids, CallOptions options = {}) {
        return detail::or_throw(results().read<T>(std::move(ids), std::move(options)));
    }

    asio::awaitable<std::vector<RecordId>> search(std::string model, Domain domain = {}, SearchOptions part = {},
                                                  CallOptions options = {}) {
        return detail::or_throw(results().search(std::move(model), std::move(domain), std::move(part), options));
    }

    asio::awaitable<nlohmann::json> search_read(std::string model, Domain domain = {}, Fields fields = {},
                                                SearchOptions part = {}, CallOptions options = {}) {
        return detail::or_throw(
            results().search_read(std::move(model), std::move(domain), std::move(fields), std::move(part), options));
    }

    template <Row T>
    asio::awaitable<std::vector<T>> search_read(std::string_view model, Domain domain = {}, SearchOptions part = {},
                                                CallOptions options = {}) {
        return detail::or_throw(
            results().search_read<T>(model, std::move(domain), std::move(part), std::move(options)));
    }
    template <ModelRow T>
    asio::awaitable<std::vector<T>> search_read(Domain domain = {}, SearchOptions part = {}, CallOptions options = {}) {
        return detail::or_throw(results().search_read<T>(std::move(domain), std::move(part), std::move(options)));
    }

    /// All that match, however many, page by page: see `PageStream`. Sends nothing before the first page is asked for.
    /// Throws `std::invalid_argument` unless a page has room for a record.
    template <Row T>
    PageStream<T> stream(std::string_view model, Domain domain = {}, std::int64_t page_size = 1000,
                         CallOptions options = {}) {
        return PageStream<T>{results().stream<T>(model, std::move(domain), page_size, std::move(options))};
    }
    template <ModelRow T>
    PageStream<T> stream(Domain domain = {}, std::int64_t page_size = 1000, CallOptions options = {}) {
        return PageStream<T>{results().stream<T>(std::move(domain), page_size, std::move(options))};
    }
    PageStream<nlohmann::json> stream(std::string model, Domain domain = {}, Fields fields = {},
                                      std::int64_t page_size = 1000, CallOptions options = {}) {
        return PageStream<nlohmann::json>{
            results().stream(std::move(model), std::move(domain), std::move(fields), page_size, std::move(options))};
    }

    /// Changes records. Repeated like a read, unless it adds lines (`commands`): the same twice is the same.
    /// `MissingError` if one of the records does not exist.
    asio::awaitable<void> write(std::string model, RecordIds ids, Values changes, CallOptions options = {});

    /// Deletes. If an attempt whose outcome is unknown is repeated and finds nothing, that is a success.
    asio::awaitable<void> unlink(std::string model, RecordIds ids, CallOptions options = {}) {
        return detail::or_throw(results().unlink(std::move(model), std::move(ids), options));
    }

    /// All records of the model of that struct, for a query to choose from.
    template <ModelRow T>
    Query<T> model() const {
        return Query<T>{detail::QueryCore{core_, context_, T::odoo_model, detail::row_table<T>}};
    }

private:
    ZenooClient(std::shared_ptr<detail::ClientCore> core, std::shared_ptr<nlohmann::json const> context);

    std::shared_ptr<detail::ClientCore> core_;
    std::shared_ptr<nlohmann::json const> context_;  // null if there is none
};

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ODOO_CLIENT_HPP
