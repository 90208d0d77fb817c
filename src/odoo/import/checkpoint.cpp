// SPDX-License-Identifier: BSL-1.0
#include <zenoo_rpc/odoo/checkpoint.hpp>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace zenoo_rpc {

namespace {

constexpr auto title = "zenoo_rpc checkpoint";

ImportProgress read_checkpoint(std::string const& path) {
    if (!std::filesystem::exists(path)) return {};
    std::ifstream file{path};
    if (!file) throw std::runtime_error{"cannot read checkpoint file " + path};
    std::string first_word;
    std::string second_word;
    std::int64_t settled = -1;
    ImportProgress progress;
    file >> first_word >> second_word >> settled >> std::hex >> progress.fingerprint;
    if (!file || first_word + ' ' + second_word != title || settled < 0) {
        throw std::runtime_error{path + " is not a checkpoint file: expected \"" + title
                                 + " <records> <fingerprint>\""};
    }
    progress.settled = static_cast<std::uint64_t>(settled);
    return progress;
}

/// Replaces the file at once: the new one is on disk before it takes the name of the old one.
void write_checkpoint(std::string const& path, ImportProgress const& progress) {
    auto fail = [&] { throw std::runtime_error{"cannot write checkpoint file " + path}; };
    auto const fresh = path + ".new";
    struct Close {
        void operator()(std::FILE* file) const noexcept { std::fclose(file); }
    };
    std::unique_ptr<std::FILE, Close> file{std::fopen(fresh.c_str(), "w")};
    if (!file) fail();
    using Number = unsigned long long;
    bool const is_written =
        std::fprintf(file.get(), "%s %llu %016llx\n", title, Number{progress.settled}, Number{progress.fingerprint}) > 0
        && std::fflush(file.get()) == 0 && fsync(fileno(file.get())) == 0;
    if (!is_written) fail();
    file.reset();
    std::error_code error;
    std::filesystem::rename(fresh, path, error);
    if (error) fail();
}

}  // namespace

Checkpoint checkpoint_file(std::string path) {
    Checkpoint checkpoint;
    checkpoint.load = [path] { return read_checkpoint(path); };
    checkpoint.save = [path = std::move(path)](ImportProgress const& progress) { write_checkpoint(path, progress); };
    return checkpoint;
}

}  // namespace zenoo_rpc
