"""Serves programs one after the other from an interpreter that has loaded FastAPI once: each runs in a fork of its own.

Standard input: a line of JSON for each program, {"id", "file", "port", "log"}. Standard output: {"id", "pid"} once it was forked and
{"ended": pid} when it has. What a program says goes to its log.
"""
import json
import os
import selectors
import signal
import sys

import anyio._backends._asyncio  # noqa: F401
import fastapi.middleware.cors  # noqa: F401
import starlette.middleware.cors  # noqa: F401
import uvicorn
import uvicorn.lifespan.on  # noqa: F401
import uvicorn.loops.auto  # noqa: F401
import uvicorn.protocols.http.auto  # noqa: F401
import uvicorn.protocols.websockets.auto  # noqa: F401


def say(message):
    os.write(1, (json.dumps(message) + "\n").encode())


def serve(file, port, log):
    """Runs in the fork, and never comes back."""
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(output, 1)
    os.dup2(output, 2)
    folder, name = os.path.split(file)
    os.chdir(folder)
    sys.path.insert(0, folder)
    uvicorn.run(os.path.splitext(name)[0] + ":app", host="127.0.0.1", port=port, log_level="error")


def reap():
    while True:
        try:
            pid, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if pid == 0:
            return
        say({"ended": pid})


def main():
    wake, woken = os.pipe()
    os.set_blocking(woken, False)
    os.set_blocking(wake, False)
    signal.set_wakeup_fd(woken)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    selector = selectors.DefaultSelector()
    selector.register(0, selectors.EVENT_READ)
    selector.register(wake, selectors.EVENT_READ)
    say({"ready": True})
    pending = b""
    while True:
        for key, _ in selector.select():
            if key.fd == wake:
                os.read(wake, 4096)
                reap()
                continue
            received = os.read(0, 65536)
            if not received:
                return
            *lines, pending = (pending + received).split(b"\n")
            for line in lines:
                asked = json.loads(line)
                pid = os.fork()
                if pid == 0:
                    status = 1
                    try:
                        serve(asked["file"], asked["port"], asked["log"])
                        status = 0
                    except BaseException:
                        import traceback
                        traceback.print_exc()
                    finally:
                        sys.stderr.flush()
                        os._exit(status)
                say({"id": asked["id"], "pid": pid})


main()
