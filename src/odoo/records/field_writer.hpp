// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_RECORDS_FIELD_WRITER_HPP
#define ZENOO_RPC_SRC_ODOO_RECORDS_FIELD_WRITER_HPP

#include <zenoo_rpc/odoo/detail/row_table.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace zenoo_rpc::detail {

/// Writes what an answer says of a field into the member that belongs to it.
///
/// All but `begin` are false for what does not fit; then `misfit()` says what was expected, and what found.
class FieldWriter {
public:
    void begin(Column const& column, void* row) noexcept {
        column_ = &column;
        row_ = row;
        is_in_list_ = false;
    }

    bool text(std::string_view value);
    bool integer(std::int64_t value, std::string_view digits);
    /// A number that is no integer, or none of 64 bits.
    bool number(double rounded, std::string_view digits);
    bool truth(bool value);
    bool null();
    bool object();
    bool list();  ///< where it can be none
    bool nothing();
    /// What follows are the elements, until `end_list`.
    bool begin_list();
    bool end_list();

    std::string const& misfit() const noexcept { return misfit_; }

private:
    template <class T>
    T& place() const {
        return *static_cast<T*>(column_->place(row_));
    }
    template <class T>
    bool assign(std::optional<T> const& found, std::string_view text);
    bool select(std::string_view text);
    bool list_id(RecordId id, std::string_view digits);
    bool pair_name(std::string_view name, char const* found);
    bool empty(char const* word);
    bool refuse(std::string_view found);
    bool refuse_element(std::string_view found);

    Column const* column_ = nullptr;
    void* row_ = nullptr;
    bool is_in_list_ = false;
    void* list_ = nullptr;       ///< the value that the elements are for
    std::vector<RecordId> ids_;  ///< the elements so far of a list of ids
    std::size_t elements_ = 0;   ///< of a pair so far
    std::string misfit_;
};

/// The double that is nearest to `digits`, unless there is none. `rounded` is nearly that.
bool to_nearest(double& rounded, std::string_view digits) noexcept;

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_RECORDS_FIELD_WRITER_HPP
