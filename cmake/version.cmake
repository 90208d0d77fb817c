# Reads the version from version.hpp into ZENOO_RPC_VERSION.
set(header ${CMAKE_CURRENT_LIST_DIR}/../include/zenoo_rpc/version.hpp)
file(STRINGS ${header} lines REGEX "^#define ZENOO_RPC_VERSION_(MAJOR|MINOR|PATCH) [0-9]+$")
list(TRANSFORM lines REPLACE "^.* " "")
list(JOIN lines "." ZENOO_RPC_VERSION)
if(NOT ZENOO_RPC_VERSION MATCHES "^[0-9]+\\.[0-9]+\\.[0-9]+$")
    message(FATAL_ERROR "No version in ${header}")
endif()
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${header})
