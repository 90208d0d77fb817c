// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_IMPORT_SEEN_IDS_HPP
#define ZENOO_RPC_SRC_ODOO_IMPORT_SEEN_IDS_HPP

#include <zenoo_rpc/core/exceptions.hpp>

#include <string>
#include <string_view>
#include <unordered_set>

namespace zenoo_rpc::detail {

/// The external ids of records that are sent together: of two that have the same one, the second would get lost.
class SeenIds {
public:
    /// Throws `ValidationError`, not sent, if it was there before. The text must outlive this.
    void add(std::string const& id) {
        if (seen_.insert(id).second) return;
        ValidationError error{"record " + id + ": the external id stands there twice"};
        error.delivery(Delivery::not_sent);
        throw error;
    }

private:
    std::unordered_set<std::string_view> seen_;
};

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_IMPORT_SEEN_IDS_HPP
