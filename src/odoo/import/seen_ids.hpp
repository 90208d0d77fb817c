// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_IMPORT_SEEN_IDS_HPP
#define ZENOO_RPC_SRC_ODOO_IMPORT_SEEN_IDS_HPP

#include <zenoo_rpc/odoo/errors.hpp>

#include <string>
#include <string_view>
#include <unordered_set>

namespace zenoo_rpc::detail {

/// Detects duplicate external ids among records that are sent together: the second record would be lost.
class SeenIds {
public:
    /// Throws `ValidationError` (not sent) if `id` was added before. Keeps a view of `id`.
    void add(std::string const& id) {
        if (seen_.insert(id).second) return;
        ValidationError error{"record " + id + ": duplicate external id in this batch"};
        error.delivery(Delivery::not_sent);
        throw error;
    }

private:
    std::unordered_set<std::string_view> seen_;
};

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_IMPORT_SEEN_IDS_HPP
