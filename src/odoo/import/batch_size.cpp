// SPDX-License-Identifier: BSL-1.0
#include "odoo/import/batch_size.hpp"

#include <algorithm>

namespace zenoo_rpc::detail {

void BatchSize::loaded(std::size_t records, Duration took) noexcept {
    if (took >= time_limit_ / 2) {
        size_ = std::max<std::size_t>(1, std::min(size_, records / 2));
    } else if (took < time_limit_ / 8) {
        size_ = std::max(size_, std::min(most_, 2 * records));
    }
}

void BatchSize::died() noexcept { size_ = std::max<std::size_t>(1, size_ / 2); }

}  // namespace zenoo_rpc::detail
