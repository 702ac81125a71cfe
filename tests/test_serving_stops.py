"""A server that is told to stop stops: it passes the word on once, and it does not wait for ever."""

import os
import signal
import subprocess
import sys

WAITS = "import signal, sys; {hears}; print('ready', flush=True); signal.pause()"
SERVER = """
import subprocess, sys
import django
django.setup()
from gongfen.commands import serve
serve.LONGEST_STOP = 1
process = subprocess.Popen([sys.executable, "-c", sys.argv[1]], stdout=subprocess.PIPE, text=True, process_group=0)
serve._pass_stops_on(process)
print(process.stdout.readline(), end="", flush=True)
code = process.wait()
print(process.stdout.read(), end="")
sys.exit(abs(code))
"""
LONG = 120


def serving(hears: str) -> "subprocess.Popen[str]":
    program = WAITS.format(hears=hears)
    words, env = [sys.executable, "-c", SERVER, program], {**os.environ, "DJANGO_SETTINGS_MODULE": "gongfen.settings"}
    running = subprocess.Popen(words, env=env, stdout=subprocess.PIPE, text=True, start_new_session=True)
    assert running.stdout and running.stdout.readline() == "ready\n"
    return running


def test_a_whole_group_that_is_told_at_once_tells_the_workers_once():
    counts = "signal.signal(signal.SIGTERM, lambda *_: (print('told', flush=True), sys.exit(0)))"
    running = serving(counts)
    os.killpg(running.pid, signal.SIGTERM)
    os.killpg(running.pid, signal.SIGHUP)
    said, _ = running.communicate(timeout=LONG)
    assert (said, running.returncode) == ("told\n", 0)


def test_workers_that_do_not_end_are_ended():
    running = serving("signal.signal(signal.SIGTERM, signal.SIG_IGN)")
    running.terminate()
    running.communicate(timeout=LONG)
    assert running.returncode == signal.SIGKILL
