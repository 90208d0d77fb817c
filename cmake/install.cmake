include(CMakePackageConfigHelpers)
include(GNUInstallDirs)

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/zenoo_rpc)

install(TARGETS zenoo_rpc_retry zenoo_rpc zenoo_rpc_testing EXPORT zenoo_rpc_targets)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/ TYPE INCLUDE)
install(EXPORT zenoo_rpc_targets NAMESPACE zenoo_rpc:: DESTINATION ${package_dir})

configure_package_config_file(
    ${CMAKE_CURRENT_LIST_DIR}/zenoo_rpc-config.cmake.in ${PROJECT_BINARY_DIR}/zenoo_rpc-config.cmake
    INSTALL_DESTINATION ${package_dir})
# Before 1.0 a new minor version may break what the last one promised.
write_basic_package_version_file(${PROJECT_BINARY_DIR}/zenoo_rpc-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/zenoo_rpc-config.cmake ${PROJECT_BINARY_DIR}/zenoo_rpc-config-version.cmake
        DESTINATION ${package_dir})
