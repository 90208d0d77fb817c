// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTS_SUPPORT_TEMPORARY_FILE_HPP
#define ZENOO_RPC_TESTS_SUPPORT_TEMPORARY_FILE_HPP

#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <unistd.h>

namespace zenoo_rpc::tests {

/// A temporary file with the given text, deleted by the destructor.
class TemporaryFile {
public:
    explicit TemporaryFile(std::string const& text)
        : path_{(std::filesystem::temp_directory_path() / "zenoo_rpc.XXXXXX").string()} {
        int const file = mkstemp(path_.data());
        bool const is_written = file >= 0 && ::write(file, text.data(), text.size()) == static_cast<long>(text.size());
        if (file >= 0) ::close(file);
        if (!is_written) throw std::runtime_error{"cannot write a temporary file"};
    }
    ~TemporaryFile() { ::unlink(path_.c_str()); }
    TemporaryFile(TemporaryFile const&) = delete;
    TemporaryFile& operator=(TemporaryFile const&) = delete;

    std::string const& path() const noexcept { return path_; }

private:
    std::string path_;
};

}  // namespace zenoo_rpc::tests

#endif  // ZENOO_RPC_TESTS_SUPPORT_TEMPORARY_FILE_HPP
