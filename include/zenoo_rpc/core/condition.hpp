// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_CORE_CONDITION_HPP
#define ZENOO_RPC_CORE_CONDITION_HPP

#include <zenoo_rpc/core/code_table.hpp>
#include <zenoo_rpc/core/detail/config.hpp>

#include <boost/system/error_condition.hpp>

#include <string>
#include <type_traits>

namespace zenoo_rpc {

/// Properties that an error code of any library can be compared with: `code == Condition::transient`.
enum class Condition {
    transient = 1,  ///< the same request may succeed if it is sent again later
    network,        ///< the connection or the network failed
    timeout,        ///< a time limit was exceeded
    cancelled,      ///< the caller cancelled the operation
};

namespace detail {

class ConditionCategory final : public boost::system::error_category {
public:
    constexpr ConditionCategory() noexcept : error_category{0x7a656e6f6f636f6e} {}
    char const* name() const noexcept override { return "zenoo_rpc condition"; }

    ZENOO_RPC_DECL std::string message(int value) const override;
    ZENOO_RPC_DECL bool equivalent(error_code const& code, int value) const noexcept override;
    using error_category::equivalent;
};

inline constexpr ConditionCategory condition_category_instance;

}  // namespace detail

inline boost::system::error_condition make_error_condition(Condition condition) noexcept {
    return {static_cast<int>(condition), detail::condition_category_instance};
}

}  // namespace zenoo_rpc

template <>
struct boost::system::is_error_condition_enum<zenoo_rpc::Condition> : std::true_type {};

#ifdef ZENOO_RPC_HEADER_ONLY
#include <zenoo_rpc/core/detail/impl/condition.ipp>
#endif

#endif  // ZENOO_RPC_CORE_CONDITION_HPP
