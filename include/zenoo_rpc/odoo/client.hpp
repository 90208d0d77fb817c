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

/// Session with one database of an Odoo server.
///
/// Failures are thrown: `NetworkError`, `TimeoutError`, and the server's errors as `AccessError`, `ValidationError` and
/// so on. A call that is not idempotent, was sent, and got no usable response ends with `OutcomeUnknownError`, even if
/// it was cancelled; no retry around it sends it again.
///
/// A session that has expired on the server is renewed once for all calls that are affected, and these are sent again.
/// If the renewal fails, they end with `SessionExpiredError`, or with the failure to log in if that is transient.
///
/// Cancellation: a call ends at once, for every type of cancellation that the calling coroutine admits.
/// Lifetime: calls own copies of their arguments. Threads: safe to share once it is constructed.
class ZenooClient {
public:
    /// Creates a client without connecting. Throws `std::invalid_argument` for an unusable address or option.
    ZenooClient(asio::any_io_executor executor, std::string const& host_or_url, ClientOptions options = {});
    /// Creates a client that sends its requests through `transport`, which has its own connect timeout.
    ZenooClient(asio::any_io_executor executor, std::shared_ptr<Transport> transport, ClientOptions options = {});

    asio::any_io_executor get_executor() const;

    /// Returns a handle whose methods return results instead of throwing.
    ClientResults results() const { return ClientResults{core_, context_}; }

    /// Returns a client of the same session whose calls add `context` to the user's and to this client's context:
    /// `values("lang", "fr_FR")`. A call's own context takes precedence. A change of either client, such as a login,
    /// affects both.
    ZenooClient with_context(Values context) const;

    /// Sets how further calls are retried; calls under way are not affected. A new client retries nothing.
    void setup_retry_manager(RetryManagerOptions options);
    RetryManager retry_manager() const;
    /// Returns the cache of this client and of those that `with_context` made of it: see <zenoo_rpc/cache.hpp>. A login
    /// as another user or a logout clears it.
    CacheManager cache_manager() const;
    /// Replaces the cache with an empty one that has these options. Throws `std::invalid_argument` for unusable
    /// options.
    void setup_cache_manager(CacheOptions const& options);
    /// Declares whether executing a method twice does no harm: `set_idempotent("sale.order", "action_confirm")`. `*`
    /// matches any model, and at the end of a method name any suffix. `CallOptions` take precedence.
    void set_idempotent(std::string model, std::string method, bool yes = true);
    /// Reports the tracebacks of further server errors to `observer`. No exception contains them.
    void on_traceback(TracebackObserver observer);

    /// Starts no more calls, waits at most `grace` (0: not at all) for those under way to end, then cancels them. When
    /// it returns, no call is under way and no connection open; later calls end as if they were cancelled.
    asio::awaitable<void> close(Duration grace = unlimited);

    /// Logs in and returns the id of the user in whose name all further calls are made. Retried only if it was not
    /// sent. Errors: `AuthenticationError` for a wrong name or password, `ServerError` for an unknown database.
    asio::awaitable<RecordId> login(std::string database, std::string user, std::string password);

    /// Logs in with an API key, the only secret that JSON-2 accepts, and returns the user's id. `Protocol::automatic`
    /// asks the server once which protocol it speaks.
    asio::awaitable<RecordId> login_with_api_key(std::string database, std::string user, std::string key);

    /// Logs in with an API key but without the user's name, and returns the user's id. Requires JSON-2:
    /// `AuthenticationError` with JSON-RPC.
    asio::awaitable<RecordId> login_with_api_key(std::string database, std::string key);

    /// Discards the credentials; the password or key is overwritten when the last call that uses it ends. Nothing is
    /// sent, since neither protocol keeps a session on the server.
    void logout();

    /// Returns the server's description of its version; needs no login.
    asio::awaitable<nlohmann::json> version() { return detail::or_throw(results().version()); }
    /// Returns the names of the databases; needs no login. Errors: `AccessError` if the server does not list them.
    asio::awaitable<std::vector<std::string>> database_list() { return detail::or_throw(results().database_list()); }
    /// Checks whether the server and its database can be reached: one request, never retried. An unreachable server is
    /// a return value, not an exception.
    asio::awaitable<ServerHealth> health() { return detail::or_throw(results().health()); }

    /// Calls any method of any model and returns its result, null for None. `load` throws if nothing was loaded.
    ///
    /// JSON-2 has named arguments only. The library names the positional arguments of Odoo's own methods; for other
    /// methods they are rejected and belong in `kwargs`, with `ids` for the records. JSON-RPC accepts that form as
    /// well.
    asio::awaitable<nlohmann::json> execute_kw(std::string model, std::string method,
                                               nlohmann::json args = nlohmann::json::array(),
                                               nlohmann::json kwargs = nlohmann::json::object(),
                                               CallOptions options = {}) {
        return detail::or_throw(
            results().execute_kw(std::move(model), std::move(method), std::move(args), std::move(kwargs), options));
    }

    /// Creates a record and returns its id.
    asio::awaitable<RecordId> create(std::string model, Values record, CallOptions options = {});

    /// Creates the record with that external id unless it exists, and returns its id: however often this is called,
    /// there is one record, and later edits of it are kept. Looks up the fields of a model once.
    ///
    /// Accepts the values that an import can write as `create` would: no one2many and no properties; references are
    /// given by id or external id. "" empties a text, and Odoo 16 rejects references to archived records. Errors:
    /// `ValidationError`; nothing is sent if the library does not accept a value.
    asio::awaitable<RecordId> create_once(std::string model, ExternalId id, Values record, CallOptions options = {}) {
        return detail::or_throw(results().create_once(std::move(model), std::move(id), std::move(record), options));
    }
    /// Creates those of many records whose external ids do not exist, in as few calls as possible, and returns the ids
    /// in the order of `records`. A record may refer to earlier ones by their external ids. If some are rejected, the
    /// others are created all the same, and the error is that of the first; `import_records` reports every one.
    asio::awaitable<std::vector<RecordId>> create_once(std::string model, std::vector<ImportRecord> records,
                                                       CallOptions options = {}) {
        return detail::or_throw(results().create_once(std::move(model), std::move(records), options));
    }

    /// Creates the record with that external id, or writes these values into the existing one, overwriting what others
    /// have written since. Returns its id.
    asio::awaitable<RecordId> upsert(std::string model, ExternalId id, Values record, CallOptions options = {}) {
        return detail::or_throw(results().upsert(std::move(model), std::move(id), std::move(record), options));
    }
    /// Creates or overwrites many records by their external ids, in as few calls as possible, and returns the ids in
    /// the order of `records`.
    asio::awaitable<std::vector<RecordId>> upsert(std::string model, std::vector<ImportRecord> records,
                                                  CallOptions options = {}) {
        return detail::or_throw(results().upsert(std::move(model), std::move(records), options));
    }

    /// Reads records as a JSON array of objects; records that do not exist are left out.
    asio::awaitable<nlohmann::json> read(std::string model, RecordIds ids, Fields fields = {},
                                         CallOptions options = {}) {
        return detail::or_throw(results().read(std::move(model), std::move(ids), std::move(fields), options));
    }

    /// Reads records of `model` as structs whose members are the fields to read: see `Row`. Records that do not exist
    /// are left out. Errors: `ProtocolError`, which names the record and the field that does not fit its member.
    template <Row T>
    asio::awaitable<std::vector<T>> read(std::string_view model, RecordIds ids, CallOptions options = {}) {
        return detail::or_throw(results().read<T>(model, std::move(ids), std::move(options)));
    }
    /// Reads records as structs that name their model: see `ModelRow`. Records that do not exist are left out. Errors:
    /// `ProtocolError`, which names the record and the field that does not fit its member.
    template <ModelRow T>
    asio::awaitable<std::vector<T>> read(RecordIds ids, CallOptions options = {}) {
        return detail::or_throw(results().read<T>(std::move(ids), std::move(options)));
    }

    /// Returns the ids of the records that match `domain`.
    asio::awaitable<std::vector<RecordId>> search(std::string model, Domain domain = {}, SearchOptions part = {},
                                                  CallOptions options = {}) {
        return detail::or_throw(results().search(std::move(model), std::move(domain), std::move(part), options));
    }

    /// Reads the records that match `domain` as a JSON array of objects.
    asio::awaitable<nlohmann::json> search_read(std::string model, Domain domain = {}, Fields fields = {},
                                                SearchOptions part = {}, CallOptions options = {}) {
        return detail::or_throw(
            results().search_read(std::move(model), std::move(domain), std::move(fields), std::move(part), options));
    }

    /// Reads the records of `model` that match `domain` as structs: see `Row`.
    template <Row T>
    asio::awaitable<std::vector<T>> search_read(std::string_view model, Domain domain = {}, SearchOptions part = {},
                                                CallOptions options = {}) {
        return detail::or_throw(
            results().search_read<T>(model, std::move(domain), std::move(part), std::move(options)));
    }
    /// Reads the records that match `domain` as structs that name their model: see `ModelRow`.
    template <ModelRow T>
    asio::awaitable<std::vector<T>> search_read(Domain domain = {}, SearchOptions part = {}, CallOptions options = {}) {
        return detail::or_throw(results().search_read<T>(std::move(domain), std::move(part), std::move(options)));
    }

    /// Streams all records of `model` that match, however many, page by page: see `PageStream`. Sends nothing before
    /// the first page is requested. Throws `std::invalid_argument` unless `page_size` is at least 1.
    template <Row T>
    PageStream<T> stream(std::string_view model, Domain domain = {}, std::int64_t page_size = 1000,
                         CallOptions options = {}) {
        return PageStream<T>{results().stream<T>(model, std::move(domain), page_size, std::move(options))};
    }
    /// Streams all records that match as structs that name their model: see `PageStream` and `ModelRow`. Throws
    /// `std::invalid_argument` unless `page_size` is at least 1.
    template <ModelRow T>
    PageStream<T> stream(Domain domain = {}, std::int64_t page_size = 1000, CallOptions options = {}) {
        return PageStream<T>{results().stream<T>(std::move(domain), page_size, std::move(options))};
    }
    /// Streams all records of `model` that match as JSON objects: see `PageStream`. Throws `std::invalid_argument`
    /// unless `page_size` is at least 1.
    PageStream<nlohmann::json> stream(std::string model, Domain domain = {}, Fields fields = {},
                                      std::int64_t page_size = 1000, CallOptions options = {}) {
        return PageStream<nlohmann::json>{
            results().stream(std::move(model), std::move(domain), std::move(fields), page_size, std::move(options))};
    }

    /// Writes `changes` into records. Idempotent, and so retried like a read, unless it adds lines (`commands`).
    /// Errors: `MissingError` if one of the records does not exist.
    asio::awaitable<void> write(std::string model, RecordIds ids, Values changes, CallOptions options = {});

    /// Deletes records. A retry that finds nothing, after an attempt with an unknown outcome, is a success.
    asio::awaitable<void> unlink(std::string model, RecordIds ids, CallOptions options = {}) {
        return detail::or_throw(results().unlink(std::move(model), std::move(ids), options));
    }

    /// Starts a query for the records of the struct's model.
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
