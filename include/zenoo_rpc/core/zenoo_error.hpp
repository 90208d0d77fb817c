// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_CORE_ZENOO_ERROR_HPP
#define ZENOO_RPC_CORE_ZENOO_ERROR_HPP

#include <zenoo_rpc/core/clock.hpp>
#include <zenoo_rpc/core/delivery.hpp>
#include <zenoo_rpc/core/detail/config.hpp>
#include <zenoo_rpc/core/errc.hpp>
#include <zenoo_rpc/core/error_class.hpp>

#include <boost/system/system_error.hpp>

#include <memory>
#include <stdexcept>
#include <string>

namespace zenoo_rpc {

namespace detail {
template <class Base, ErrorClass Own, Errc Default>
class ErrorKind;
}

/// The error that a server reported for a request. Never holds its traceback.
struct ServerReply {
    std::string name;       ///< the server's exception class, such as "odoo.exceptions.UserError"
    std::string arguments;  ///< the arguments of that exception, as JSON text
    int http_status = 0;    ///< 0 if there was no HTTP response
};

/// Selects how the text of an exception is composed.
enum class ErrorText {
    with_code,  ///< the given text, followed by the message of the code
    as_given,   ///< the given text only
};

/// Base class of all exceptions of this library.
class ZenooError : public boost::system::system_error {
public:
    ZENOO_RPC_DECL explicit ZenooError(std::string const& what);
    ZENOO_RPC_DECL ZenooError(error_code code, std::string const& what, ErrorText text = ErrorText::with_code);

    ZENOO_RPC_DECL char const* what() const noexcept override;

    Delivery delivery() const noexcept { return delivery_; }
    void delivery(Delivery delivery) noexcept { delivery_ = delivery; }

    /// Returns the requested delay before the next attempt (such as `Retry-After`); zero if none was requested.
    Duration retry_after() const noexcept { return retry_after_; }
    void retry_after(Duration delay) noexcept { retry_after_ = delay; }

    /// Returns the server's name for the error; empty if it did not come from a server.
    std::string const& server_name() const noexcept { return reply().name; }
    /// Returns the arguments of the server's exception as JSON text; empty if there were none.
    std::string const& arguments() const noexcept { return reply().arguments; }
    /// Returns the status of the HTTP response; 0 if there was none.
    int http_status() const noexcept { return reply().http_status; }
    ZENOO_RPC_DECL void reply(ServerReply reply);

private:
    template <class Base, ErrorClass Own, Errc Default>
    friend class detail::ErrorKind;
    friend class Failure;

    ZENOO_RPC_DECL ServerReply const& reply() const noexcept;

    std::runtime_error text_;  // a string whose copies do not throw
    ErrorClass classes_ = ErrorClass::zenoo;
    Delivery delivery_ = Delivery::unknown;
    Duration retry_after_ = Duration::zero();
    std::shared_ptr<ServerReply const> reply_;
};

}  // namespace zenoo_rpc

#ifdef ZENOO_RPC_HEADER_ONLY
#include <zenoo_rpc/core/detail/impl/zenoo_error.ipp>
#endif

#endif  // ZENOO_RPC_CORE_ZENOO_ERROR_HPP
