"""Watching feeds from the command line: lines for people and for programs, exit statuses, and a clean end."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from interrupts import heed_interrupts
from tawazun.store.feeds import Subscription, keep_subscription
from tawazun.store.workspaces import create_workspace, open_workspace

sys.path.insert(0, str(Path(__file__).parents[1] / "store"))
from own_feeds import FEED, feed, outlet

COMMAND = [sys.executable, "-c", "from tawazun.present.cli.main import main; main()"]
ENGLISH = b"<item><link>https://marfa.example/en</link><description>Ministers met in the capital today</description></item>"


@pytest.fixture(scope="module")
def site():
    with outlet() as there:
        there.pages[FEED] = 200, {}, feed([1, 2])
        there.pages["/part"] = 200, {}, feed([3]).replace(b"</channel>", ENGLISH + b"</channel>")
        there.pages["/busy"] = 503, {"Retry-After": "3600"}, b""
        yield there


@pytest.fixture
def workspace(tmp_path):
    create_workspace(str(tmp_path / "w"))
    return str(tmp_path / "w")


def run(workspace, *arguments):
    environment = {**os.environ, "TAWAZUN_WORKSPACE": workspace, "TZ": "UTC"}
    return subprocess.run([*COMMAND, *arguments], capture_output=True, encoding="utf-8", env=environment)


def once(workspace, *arguments):
    return run(workspace, "ingest", *arguments, "--watch", "--once", "--allow-private")


def test_polling_once(workspace, site):
    done = once(workspace, site.address + FEED)
    assert done.returncode == 0 and done.stdout == ""
    assert f"{site.address}{FEED}: 2 articles taken in\n" in done.stderr and "2 articles merged" in done.stderr
    again = once(workspace, site.address + FEED, site.address + "/busy")
    assert again.returncode == 2, "the one feed that was due failed"
    assert f"{site.address}/busy: the server answers 503 Service Unavailable; asked again from " in again.stderr
    assert FEED not in again.stderr
    nothing = once(workspace, site.address + FEED, site.address + "/busy")
    assert (nothing.returncode, nothing.stdout, nothing.stderr) == (0, "", "")
    listed = run(workspace, "feeds").stdout.splitlines()
    assert listed[0] == f"{site.address}/busy" and "0 articles taken in; never read; due " in listed[1]
    assert listed[2].startswith("    failed 2") and listed[2].endswith("the server answers 503 Service Unavailable")
    assert listed[3] == site.address + FEED and "2 articles taken in; last read 2" in listed[4] and len(listed) == 5


def test_lines_of_json(workspace, site):
    done = once(workspace, site.address + "/part", site.address + "/busy", "--json", "--no-merge")
    part, busy = map(json.loads, done.stdout.splitlines())
    assert done.returncode == 1 and done.stderr == ""
    assert (part["address"], part["new"], part["refused"], part["problem"]) == (site.address + "/part", 1, 1, None)
    assert (busy["new"], busy["failures"]) == (0, 1) and "503" in busy["problem"] and busy["next_at"] > busy["at"]
    feeds = [json.loads(line) for line in run(workspace, "feeds", "--json").stdout.splitlines()]
    assert [(each["address"][-4:], each["taken_in"], each["failures"]) for each in feeds] == [("busy", 0, 1), ("part", 1, 0)]


def test_ending_it_is_clean(workspace, site):
    environment = {**os.environ, "TAWAZUN_WORKSPACE": workspace}
    command = [*COMMAND, "ingest", site.address + FEED, "--watch", "--allow-private"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, encoding="utf-8", env=environment, preexec_fn=heed_interrupts) as running:
        said = [running.stderr.readline() for _ in range(3)]
        running.send_signal(signal.SIGINT)
        said.append(running.stderr.read())
    assert running.returncode == 130
    assert said[0] == "watching 1 feed; Ctrl-C ends it\n" and "2 articles taken in" in said[1] and "merged" in said[2]
    assert said[3].splitlines(True)[-1] == "tawazun: interrupted; what was kept is whole; run the same command again to go on\n"
    assert json.loads(run(workspace, "status", "--json").stdout)["articles"] == 2


def test_a_private_address_is_refused_unless_allowed(workspace, site):
    asked = len(site.asked)
    done = run(workspace, "ingest", site.address + FEED, "--watch", "--once")
    assert done.returncode == 2 and "private network" in done.stderr and len(site.asked) == asked


def test_a_feed_is_forgotten(workspace):
    with open_workspace(workspace) as opened, opened.writing() as connection:
        keep_subscription(connection, Subscription("https://marfa.example/feed"))
    assert "never read; due now" in run(workspace, "feeds").stdout
    forgotten = run(workspace, "feeds", "--forget", "https://marfa.example/feed")
    assert (forgotten.returncode, forgotten.stdout) == (0, "") and "no feeds; `tawazun ingest" in forgotten.stderr
    unknown = run(workspace, "feeds", "--forget", "x")
    assert unknown.returncode == 2 and "x: no feed of" in unknown.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["in.xml", "--once"], "--once goes with --watch; give both"),
        (["in.xml", "--every", "5"], "--every goes with --watch; give both"),
        (["https://marfa.example/feed", "--watch", "--column", "text=x"], "--column doesn't go with --watch; leave one out"),
        (["https://marfa.example/feed", "--watch", "--processes", "2"], "--processes doesn't go with --watch; leave one out"),
        (["in.xml", "--watch"], "in.xml: not an address; feeds that are watched have http(s) addresses"),
    ],
)
def test_what_does_not_go_together(workspace, arguments, message):
    done = run(workspace, "ingest", *arguments)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"tawazun: {message}\n")
