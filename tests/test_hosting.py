"""The settings in the guide for hosts: each has the same policy as the pages, and nginx accepts its file."""

from __future__ import annotations

import json
import re
import shutil
import subprocess

import pytest
from bs4 import BeautifulSoup

from tests.conftest import ROOT

GUIDE = (ROOT / "docs/guides/hosting.md").read_text(encoding="utf-8")
HEADERS = {"Referrer-Policy": "same-origin", "X-Content-Type-Options": "nosniff",
           "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
           "Strict-Transport-Security": "max-age=31536000"}


def block(heading: str, language: str) -> str:
    """The first code block below a heading of the guide."""
    section = GUIDE.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    return re.search(rf"^```{language}\n(.*?)^```", section, re.S | re.M)[1]


SETTINGS = {"nginx": block("nginx", "nginx"), "Caddy": block("Caddy", "caddyfile"),
            "Cloudflare": block("Cloudflare Pages", "text")}


@pytest.fixture
def policy(site) -> str:
    """The policy in a page, with the directive that only a server can set."""
    page = BeautifulSoup((site / "index.html").read_text(encoding="utf-8"), "lxml")
    return page.select_one('meta[http-equiv="Content-Security-Policy"]')["content"] + "; frame-ancestors 'none'"


@pytest.mark.parametrize("host", SETTINGS)
def test_the_settings_have_the_policy_of_the_pages_and_every_header(host, policy):
    lines = SETTINGS[host].splitlines()
    for name, value in ({"Content-Security-Policy": policy} | HEADERS).items():
        line, *more = (line for line in lines if re.match(rf"\s*(?:add_header )?\??{name}\b", line))
        said = line.split(name, 1)[1].lstrip(": ").removesuffix(" always;").strip('"')
        assert said.replace("$board_frames", "'none'") == value
        assert not more or name == "Content-Security-Policy"


@pytest.mark.parametrize("host, says", [
    ("nginx", r'map \$uri \$board_frames \{\s+default\s+"\'none\'";\s+~\^/embed/\s+"\*";'),
    ("Caddy", r'@embed path /embed/\*\s+header @embed Content-Security-Policy "[^"]+ frame-ancestors \*"'),
    ("Cloudflare", r"/embed/\*\s+! Content-Security-Policy\s+Content-Security-Policy: .+ frame-ancestors \*\n"),
])
def test_other_sites_may_embed_the_charts_and_no_other_page(host, says):
    assert len(re.findall(says, SETTINGS[host])) == 1
    assert SETTINGS[host].count("frame-ancestors *") == (host != "nginx")


def test_cloudfront_has_the_same_policy_and_headers(policy):
    said = json.loads(block("S3 with CloudFront", "json"))
    security = said["SecurityHeadersConfig"]
    assert security["ContentSecurityPolicy"]["ContentSecurityPolicy"] == policy
    assert security["ReferrerPolicy"]["ReferrerPolicy"] == HEADERS["Referrer-Policy"]
    assert f'max-age={security["StrictTransportSecurity"]["AccessControlMaxAgeSec"]}' == HEADERS[
        "Strict-Transport-Security"]
    custom = {item["Header"]: item["Value"] for item in said["CustomHeadersConfig"]["Items"]}
    assert custom["Permissions-Policy"] == HEADERS["Permissions-Policy"]
    assert said["CustomHeadersConfig"]["Quantity"] == len(custom)


def test_the_policy_allows_no_inline_code_and_no_other_host(policy):
    assert policy.startswith("default-src 'none'")
    assert not re.search(r"unsafe-inline|'unsafe-eval'|https?:|\*|data:", policy)


def test_all_policies_in_the_guide_are_identical():
    assert len(set(re.findall(r"default-src [^\"\n]+; frame-ancestors ", GUIDE))) == 1


def test_nginx_accepts_the_settings(tmp_path):
    """Without an installed nginx, only the brackets are checked."""
    settings = SETTINGS["nginx"].replace("listen 80;", f"listen unix:{tmp_path}/socket;")
    assert settings.count("{") == settings.count("}")
    nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if nginx:
        whole = tmp_path / "nginx.conf"
        whole.write_text(f"pid {tmp_path}/pid; error_log stderr; events {{}}\nhttp {{ access_log off;\n{settings} }}\n",
                         encoding="utf-8")
        done = subprocess.run([nginx, "-t", "-p", str(tmp_path), "-c", str(whole)], capture_output=True, text=True,
                              check=False)
        assert done.returncode == 0, done.stderr
        assert "warn" not in done.stderr, done.stderr
