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

/// Writes the value of a field in a response into its member.
///
/// Each function but `begin` returns false for a value that does not fit; then `misfit()` says what was expected and
/// what was found.
class FieldWriter {
public:
    void begin(Column const& column, void* row) noexcept {
        column_ = &column;
        row_ = row;
        is_in_list_ = false;
    }

    bool text(std::string_view value);
    bool integer(std::int64_t value, std::string_view digits);
    /// Takes a number that is not an integer or exceeds 64 bits.
    bool number(double rounded, std::string_view digits);
    bool truth(bool value);
    bool null();
    bool object();
    bool list();     ///< rejects a list that is no value of this field
    bool nothing();  ///< rejects a record without this field
    /// Begins a list: the values up to `end_list` are its elements.
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
    void* list_ = nullptr;       ///< value that receives the elements
    std::vector<RecordId> ids_;  ///< elements so far of a list of ids
    std::size_t elements_ = 0;   ///< number of elements so far of a pair
    std::string misfit_;
};

/// Sets `rounded`, which is nearly it, to the double nearest to `digits`. Returns false if that exceeds the range.
bool to_nearest(double& rounded, std::string_view digits) noexcept;

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_RECORDS_FIELD_WRITER_HPP
