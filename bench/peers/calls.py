"""Measures calls made by 32 threads: calls per second, microseconds of processor time per call."""

import resource
import sys
import threading
import time

THREADS = 32
FIELDS = ["id", "name", "email", "phone", "is_company", "color", "credit_limit", "country_id", "category_id", "write_date"]
ADA = {"email": "ada@example.com", "is_company": False, "name": "Ada Lovelace"}


def arguments(kind):
    """Returns method, positional and named arguments, and a function that checks the result."""
    if kind == "create":
        return "create", [ADA], {}, lambda result: result == 42
    return "search_read", [[["is_company", "=", True]]], {"fields": FIELDS, "limit": 80}, lambda page: len(page) == 80


def processor_time():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def measure(new_client):
    """Runs the calls; new_client(port) returns a function that makes a call: call(method, args, kwargs)."""
    kind, port, calls = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    method, args, kwargs, is_right = arguments(kind)
    failures = []
    ready = threading.Barrier(THREADS + 1)

    def work():
        try:
            call = new_client(port)
            call(method, args, kwargs)
            ready.wait()
            for _ in range(calls // THREADS):
                if not is_right(call(method, args, kwargs)):
                    raise ValueError("unexpected result")
        except Exception as error:
            failures.append(error)
            ready.abort()

    threads = [threading.Thread(target=work) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    try:
        ready.wait()
        began, processor_time_before = time.monotonic(), processor_time()
    except threading.BrokenBarrierError:
        pass
    for thread in threads:
        thread.join()
    if failures:
        sys.exit(repr(failures[0]))
    made = calls // THREADS * THREADS
    took = time.monotonic() - began
    print(f"{made / took:.0f} {(processor_time() - processor_time_before) / made * 1e6:.3f}")
