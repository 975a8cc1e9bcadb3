"""The preview that builds again while someone edits."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import urllib.request

from tests.conftest import ROOT


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_a_change_in_a_record_is_seen_in_the_preview_without_a_restart(tmp_path):
    area = tmp_path / "area"
    shutil.copytree(ROOT / "tests/areas/small", area)
    (area / "mkdocs.yml").write_text(
        f"INHERIT: {ROOT / 'mkdocs.yml'}\ntheme: {{custom_dir: {ROOT / 'overrides'}}}\nwatch: [data]\n",
        encoding="utf-8")
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-u", "-m", "macros", "serve", "--area", str(area), "--port", str(port),
         "--today", "2026-11-24"],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=os.environ | {"PYTHONPATH": str(ROOT)},
        start_new_session=True)
    try:
        wait_for(server, "Serving on")
        action = sorted((area / "data/actions").glob("*.yml"))[0]
        words = action.read_text(encoding="utf-8")
        title = next(line for line in words.splitlines() if line.startswith("title:"))
        action.write_text(words.replace(title, "title: Seen at once in the preview"), encoding="utf-8")
        wait_for(server, "Reloading browsers")
        address = f"http://localhost:{port}/actions/{action.stem[:5]}/"
        with urllib.request.urlopen(address) as page:
            assert "Seen at once in the preview" in page.read().decode()
    finally:
        os.killpg(server.pid, 15)
        server.wait()


def wait_for(server: subprocess.Popen[str], words: str) -> None:
    """Read the server's output until it says `words`."""
    said = []
    for line in server.stdout:
        said.append(line)
        if words in line:
            return
    raise AssertionError("".join(said))
