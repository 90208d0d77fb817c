// SPDX-License-Identifier: BSL-1.0
#include "password.hpp"

#include <cstdlib>
#include <iostream>
#include <stdexcept>
#include <termios.h>
#include <unistd.h>

namespace {

/// Disables the terminal echo for the lifetime of the object.
class SilentTerminal {
public:
    SilentTerminal() {
        tcgetattr(STDIN_FILENO, &before_);
        auto silent = before_;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
    }
    SilentTerminal(SilentTerminal const&) = delete;
    SilentTerminal& operator=(SilentTerminal const&) = delete;
    ~SilentTerminal() { tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_); }

private:
    termios before_{};
};

}  // namespace

std::string ask_password(std::string const& user) {
    if (auto const* password = std::getenv("ZENOO_RPC_PASSWORD")) return password;
    if (!isatty(STDIN_FILENO)) {
        throw std::runtime_error{
            "no password: set ZENOO_RPC_PASSWORD, or run this program in a terminal to be prompted"};
    }
    std::cerr << "Password of " << user << ": " << std::flush;
    std::string password;
    {
        SilentTerminal const silence;
        std::getline(std::cin, password);
    }
    std::cerr << std::endl;
    return password;
}
