# `ZENOO_RPC_SANITIZERS`, set by the presets ("address,undefined" or "thread"), applies to all targets of this build.
set(ZENOO_RPC_SANITIZERS "" CACHE STRING "Sanitizers for all targets, as in -fsanitize=; set by the presets")
mark_as_advanced(ZENOO_RPC_SANITIZERS)
if(ZENOO_RPC_SANITIZERS)
    add_compile_options(-fsanitize=${ZENOO_RPC_SANITIZERS} -fno-sanitize-recover=all -fno-omit-frame-pointer)
    add_link_options(-fsanitize=${ZENOO_RPC_SANITIZERS})
    if(ZENOO_RPC_SANITIZERS MATCHES "thread")
        # ThreadSanitizer does not follow fences: where Asio counts owners with a release decrement and an acquire fence
        # (asio/detail/atomic_count.hpp), it reports a false race. Boost's own counter, which replaces it here, has none.
        add_compile_definitions(BOOST_ASIO_DISABLE_STD_ATOMIC)
    endif()
endif()
