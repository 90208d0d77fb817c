// SPDX-License-Identifier: BSL-1.0
#include "odoo/wire/scalar_response.hpp"

#include <boost/json/basic_parser_impl.hpp>
#include <boost/system/errc.hpp>

#include <cstddef>
#include <utility>

namespace zenoo_rpc::detail {

namespace {

using nlohmann::json;

/// Handles the events of Boost.JSON's parser. Returning false ends the parsing.
class ScalarReader {
public:
    using error_code = boost::system::error_code;

    static constexpr std::size_t max_object_size = SIZE_MAX;
    static constexpr std::size_t max_array_size = SIZE_MAX;
    static constexpr std::size_t max_key_size = SIZE_MAX;
    static constexpr std::size_t max_string_size = SIZE_MAX;

    explicit ScalarReader(std::int64_t id) noexcept : id_{id} {}

    std::optional<json> take() { return is_ours_ ? std::move(result_) : std::nullopt; }

    bool on_document_begin(error_code&) { return true; }
    bool on_document_end(error_code&) { return true; }
    bool on_object_begin(error_code& error) { return !std::exchange(is_object_, true) || stop(error); }
    bool on_object_end(std::size_t, error_code&) { return true; }
    bool on_array_begin(error_code& error) { return stop(error); }
    bool on_array_end(std::size_t, error_code&) { return true; }
    bool on_key_part(std::string_view, std::size_t, error_code& error) { return stop(error); }
    bool on_key(std::string_view name, std::size_t, error_code& error) {
        member_ = name == "id" ? Member::id : name == "result" ? Member::result : Member::jsonrpc;
        return member_ != Member::jsonrpc || name == "jsonrpc" || stop(error);
    }
    bool on_string_part(std::string_view, std::size_t, error_code& error) { return stop(error); }
    bool on_string(std::string_view, std::size_t, error_code& error) {
        return member_ == Member::jsonrpc || stop(error);
    }
    bool on_number_part(std::string_view, error_code&) { return true; }
    bool on_int64(std::int64_t value, std::string_view, error_code& error) {
        if (member_ == Member::id) return !std::exchange(is_ours_, value == id_) || stop(error);
        return is_result(value < 0 ? json(value) : json(static_cast<std::uint64_t>(value)), error);
    }
    bool on_uint64(std::uint64_t, std::string_view, error_code& error) { return stop(error); }
    bool on_double(double, std::string_view, error_code& error) { return stop(error); }
    bool on_bool(bool value, error_code& error) { return is_result(value, error); }
    bool on_null(error_code& error) { return is_result(nullptr, error); }
    bool on_comment_part(std::string_view, error_code&) { return false; }
    bool on_comment(std::string_view, error_code&) { return false; }

private:
    enum class Member : unsigned char { jsonrpc, id, result };

    bool is_result(json value, error_code& error) {
        if (!is_object_ || member_ != Member::result || result_) return stop(error);
        result_ = std::move(value);
        return true;
    }
    static bool stop(error_code& error) {
        error = boost::system::errc::make_error_code(boost::system::errc::operation_canceled);
        return false;
    }

    std::int64_t const id_;
    bool is_object_ = false;
    bool is_ours_ = false;
    Member member_ = Member::jsonrpc;
    std::optional<json> result_;
};

}  // namespace

std::optional<json> scalar_response(std::string_view body, std::int64_t id) {
    boost::json::basic_parser<ScalarReader> parser{boost::json::parse_options{}, id};
    boost::system::error_code error;
    auto const read = parser.write_some(false, body.data(), body.size(), error);
    return !error && read == body.size() ? parser.handler().take() : std::nullopt;
}

}  // namespace zenoo_rpc::detail
