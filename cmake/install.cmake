include(CMakePackageConfigHelpers)
include(GNUInstallDirs)

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/zenoo_rpc)

install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/ TYPE INCLUDE)
install(TARGETS zenoo_rpc_retry EXPORT zenoo_rpc_retry_targets)
install(TARGETS zenoo_rpc_retry_compiled EXPORT zenoo_rpc_retry_compiled_targets)
install(TARGETS zenoo_rpc zenoo_rpc_testing EXPORT zenoo_rpc_client_targets)
foreach(part retry retry_compiled client)
    install(EXPORT zenoo_rpc_${part}_targets NAMESPACE zenoo_rpc:: DESTINATION ${package_dir})
endforeach()

configure_package_config_file(
    ${CMAKE_CURRENT_LIST_DIR}/zenoo_rpc-config.cmake.in ${PROJECT_BINARY_DIR}/zenoo_rpc-config.cmake
    INSTALL_DESTINATION ${package_dir})
# Before 1.0 a new minor version may be incompatible with the last one.
write_basic_package_version_file(${PROJECT_BINARY_DIR}/zenoo_rpc-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/zenoo_rpc-config.cmake ${PROJECT_BINARY_DIR}/zenoo_rpc-config-version.cmake
        DESTINATION ${package_dir})
