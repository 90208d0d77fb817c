// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_HTTP_RESPONSE_PARSER_HPP
#define ZENOO_RPC_SRC_ODOO_HTTP_RESPONSE_PARSER_HPP

#include <zenoo_rpc/odoo/http_message.hpp>

#include <boost/beast/http/basic_parser.hpp>
#include <boost/optional/optional.hpp>
#include <boost/system/error_code.hpp>

#include <cstddef>
#include <cstdint>
#include <string>

namespace zenoo_rpc::detail {

/// Writes parsed headers and body directly into the response, which saves copying them from Beast's containers.
class ResponseParser final : public boost::beast::http::basic_parser<false> {
public:
    HttpResponse& response() noexcept { return response_; }
    HttpResponse const& response() const noexcept { return response_; }

private:
    using error_code = boost::system::error_code;
    using Text = boost::beast::string_view;

    void on_request_impl(boost::beast::http::verb, Text, Text, int, error_code&) override {}
    void on_response_impl(int status, Text, int, error_code&) override { response_.status = status; }
    void on_field_impl(boost::beast::http::field, Text name, Text value, error_code&) override {
        if (response_.headers.empty()) response_.headers.reserve(256);  // enough for most responses
        response_.headers.add_valid(name, value);
    }
    void on_header_impl(error_code&) override {}
    void on_body_init_impl(boost::optional<std::uint64_t> const& length, error_code&) override {
        if (length) response_.body.reserve(static_cast<std::size_t>(*length));  // Beast has checked the limit
    }
    std::size_t on_body_impl(Text part, error_code&) override { return append(part); }
    void on_chunk_header_impl(std::uint64_t, Text, error_code&) override {}
    std::size_t on_chunk_body_impl(std::uint64_t, Text part, error_code&) override { return append(part); }
    void on_finish_impl(error_code&) override {}

    std::size_t append(Text part) {
        response_.body.append(part.data(), part.size());
        return part.size();
    }

    HttpResponse response_;
};

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_HTTP_RESPONSE_PARSER_HPP
