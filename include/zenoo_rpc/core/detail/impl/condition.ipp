// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_CORE_DETAIL_IMPL_CONDITION_IPP
#define ZENOO_RPC_CORE_DETAIL_IMPL_CONDITION_IPP

#include <zenoo_rpc/core/condition.hpp>

namespace zenoo_rpc::detail {

std::string ConditionCategory::message(int value) const {
    switch (static_cast<Condition>(value)) {
        case Condition::transient: return "transient failure";
        case Condition::network: return "network failure";
        case Condition::timeout: return "time limit exceeded";
        case Condition::cancelled: return "cancelled";
    }
    return "unknown condition";
}

bool ConditionCategory::equivalent(error_code const& code, int value) const noexcept {
    auto const meaning = meaning_of(code);
    switch (static_cast<Condition>(value)) {
        case Condition::transient: return meaning.transient;
        case Condition::network: return overlap(meaning.classes, ErrorClass::network);
        case Condition::timeout: return overlap(meaning.classes, ErrorClass::timeout);
        case Condition::cancelled: return overlap(meaning.classes, ErrorClass::cancelled);
    }
    return false;
}

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_CORE_DETAIL_IMPL_CONDITION_IPP
