// SPDX-License-Identifier: BSL-1.0
#include "progress.hpp"

#include <zenoo_rpc/async/async_sleep.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <iomanip>
#include <iostream>
#include <sstream>
#include <unistd.h>

namespace asio = boost::asio;
using namespace std::chrono_literals;

ProgressLine::ProgressLine(zenoo_rpc::ZenooClient& client, ImportRun const& run, std::size_t rows)
    : client_{client}, run_{run}, rows_{rows}, is_terminal_{isatty(STDOUT_FILENO) == 1} {}

void ProgressLine::start(asio::any_io_executor const& executor) {
    started_ = zenoo_rpc::Clock::now();
    asio::co_spawn(executor, show(), asio::bind_cancellation_slot(stop_.slot(), asio::detached));
}

void ProgressLine::stop() {
    stop_.emit(asio::cancellation_type::terminal);
    print();
    if (is_terminal_) std::cout << std::endl;
}

void ProgressLine::say(std::string const& text) {
    if (is_terminal_) std::cout << "\r\x1b[K";
    std::cout << text << std::endl;
    if (is_terminal_) print();
}

asio::awaitable<void> ProgressLine::show() {
    auto const executor = co_await asio::this_coro::executor;
    zenoo_rpc::Duration const pause = is_terminal_ ? zenoo_rpc::Duration{100ms} : zenoo_rpc::Duration{2s};
    boost::system::error_code ended;
    while (!ended) {
        co_await zenoo_rpc::async_sleep(executor, pause, asio::redirect_error(asio::use_awaitable, ended));
        if (!ended) print();
    }
}

void ProgressLine::print() {
    if (is_terminal_) {
        std::cout << '\r' << text() << "\x1b[K" << std::flush;
    } else {
        std::cout << text() << std::endl;
    }
}

std::string ProgressLine::text() const {
    auto const done = run_.tally().done();
    auto const seconds = std::chrono::duration<double>(zenoo_rpc::Clock::now() - started_).count();
    auto const metrics = client_.retry_manager().get_metrics();
    auto const& breaker = client_.retry_manager().circuit_breaker();
    std::ostringstream line;
    if (is_terminal_) {
        constexpr std::size_t width = 30;
        auto const filled = rows_ == 0 ? width : width * std::min(done, rows_) / rows_;
        line << '[' << std::string(filled, '#') << std::string(width - filled, '-') << "] ";
    }
    line << done << '/' << rows_ << "  " << std::fixed << std::setprecision(0)
         << static_cast<double>(done) / std::max(seconds, 0.001) << " rows/s  " << metrics.retries
         << " retries  circuit " << to_string(breaker->state());
    return line.str();
}
