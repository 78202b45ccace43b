"""Runs programs one after the other from an interpreter that has loaded their libraries once: each runs in a fork of its own.

Standard input: a line of JSON for each program, {"id", "file", "port", "log"}. Standard output: {"id", "pid"} once it was forked and
{"ended": pid} when it has. What a program says goes to its log.
"""
import json
import os
import selectors
import signal
import sys
import traceback


def fork_programs(serve):
    """Calls `serve(file, port)` in a fork for each line; it is called in the program's folder and never comes back."""
    wake, woken = os.pipe()
    os.set_blocking(woken, False)
    os.set_blocking(wake, False)
    signal.set_wakeup_fd(woken)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    selector = selectors.DefaultSelector()
    selector.register(0, selectors.EVENT_READ)
    selector.register(wake, selectors.EVENT_READ)
    _say({"ready": True})
    pending = b""
    while True:
        for key, _ in selector.select():
            if key.fd == wake:
                os.read(wake, 4096)
                _reap()
                continue
            received = os.read(0, 65536)
            if not received:
                return
            *lines, pending = (pending + received).split(b"\n")
            for line in lines:
                _fork(json.loads(line), serve)


def _fork(asked, serve):
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            _enter(asked["file"], asked["log"])
            serve(asked["file"], asked["port"])
            status = 0
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stderr.flush()
            os._exit(status)
    _say({"id": asked["id"], "pid": pid})


def _enter(file, log):
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(output, 1)
    os.dup2(output, 2)
    folder = os.path.dirname(file)
    os.chdir(folder)
    sys.path.insert(0, folder)


def _say(message):
    os.write(1, (json.dumps(message) + "\n").encode())


def _reap():
    while True:
        try:
            pid, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if pid == 0:
            return
        _say({"ended": pid})
