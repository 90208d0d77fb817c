// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_CORE_CODE_TABLE_HPP
#define ZENOO_RPC_CORE_CODE_TABLE_HPP

#include <zenoo_rpc/core/delivery.hpp>
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

/// Registers the meanings of another category's error codes. Must have static storage duration: it is never
/// unregistered.
///
/// Threads: may be constructed at any time; lookups run concurrently.
class CodeRegistration {
public:
    using Lookup = CodeMeaning (*)(int value) noexcept;

    CodeRegistration(boost::system::error_category const& category, Lookup lookup) noexcept;
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

inline CodeRegistration::CodeRegistration(boost::system::error_category const& category, Lookup lookup) noexcept
    : category_{category}, lookup_{lookup}, next_{head().load()} {
    while (!head().compare_exchange_weak(next_, this)) {
    }
}

/// Returns the meaning of an error code of any library; a default `CodeMeaning` for codes outside this table.
CodeMeaning meaning_of(error_code const& code) noexcept;

}  // namespace zenoo_rpc

#include <zenoo_rpc/core/detail/known_codes.hpp>

#endif  // ZENOO_RPC_CORE_CODE_TABLE_HPP
