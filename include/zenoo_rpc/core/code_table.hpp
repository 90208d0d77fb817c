// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_CORE_CODE_TABLE_HPP
#define ZENOO_RPC_CORE_CODE_TABLE_HPP

#include <zenoo_rpc/core/delivery.hpp>
#include <zenoo_rpc/core/detail/config.hpp>
#include <zenoo_rpc/core/errc.hpp>
#include <zenoo_rpc/core/error_class.hpp>

#include <atomic>

namespace zenoo_rpc {

/// Properties of an error code that policies use.
struct CodeMeaning {
    ErrorClass classes = ErrorClass::none;  ///< the exception classes that it corresponds to
    bool transient = false;                 ///< true if the same request may succeed later
    Delivery delivery = Delivery::unknown;  ///< how far the failed request got
};

/// Returns the meaning of an error code of any library; a default `CodeMeaning` for codes outside this table.
ZENOO_RPC_DECL CodeMeaning meaning_of(error_code const& code) noexcept;

/// Registers the meanings of another category's error codes. Must have static storage duration: it is never
/// unregistered.
///
/// Threads: may be constructed at any time; lookups run concurrently.
class CodeRegistration {
public:
    using Lookup = CodeMeaning (*)(int value) noexcept;

    ZENOO_RPC_DECL CodeRegistration(boost::system::error_category const& category, Lookup lookup) noexcept;
    CodeRegistration(CodeRegistration const&) = delete;
    CodeRegistration& operator=(CodeRegistration const&) = delete;

private:
    friend CodeMeaning meaning_of(error_code const& code) noexcept;
    static std::atomic<CodeRegistration const*>& head() noexcept {
        static constinit std::atomic<CodeRegistration const*> first{nullptr};
        return first;
    }

    boost::system::error_category const& category_;
    Lookup lookup_;
    CodeRegistration const* next_ = nullptr;
};

}  // namespace zenoo_rpc

#ifdef ZENOO_RPC_HEADER_ONLY
#include <zenoo_rpc/core/detail/impl/code_table.ipp>
#endif

#endif  // ZENOO_RPC_CORE_CODE_TABLE_HPP
