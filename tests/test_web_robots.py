"""What robots.txt says to Sayso, by RFC 9309."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.intake.web.robots import MOST_BYTES, robots


@pytest.mark.parametrize(
    ("rules", "target", "allowed"),
    [
        ("", "/", True),
        ("Disallow: /", "/", True),  # said to nobody
        ("User-agent: *\nDisallow: /", "/a", False),
        ("User-agent: *\nDisallow:", "/a", True),
        ("User-agent: *\nDisallow: /a", "/abc", False),
        ("User-agent: *\nDisallow: /a/", "/a", True),
        ("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", True),  # the longest rule decides
        ("User-agent: *\nAllow: /a/b\nDisallow: /a", "/a/c", False),
        ("User-agent: *\nDisallow: /a\nAllow: /a", "/a", True),  # and of two as long the kinder
        ("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf?x", True),
        ("User-agent: *\nDisallow: /*.pdf", "/a/b.pdf?x", False),
        ("User-agent: *\nDisallow: /a*b*c", "/axxbxxbxxc", False),
        ("User-agent: *\nDisallow: /a*b*c$", "/abcc", False),
        ("User-agent: *\nDisallow: /a*bc$", "/abcb", True),
        ("User-agent: *\nDisallow: /ab*ab$", "/ab", True),
        ("User-agent: *\nDisallow: /$", "/", False),
        ("User-agent: *\nDisallow: /$", "/a", True),
        ("User-agent: *\nDisallow: *", "/a", False),
        ("User-agent: *\nDisallow: /a%3cd", "/a%3Cd", False),
        ("User-agent: *\nDisallow: /ü", "/%C3%BC", False),
        ("User-agent: *\nDisallow: /%7Ejoe", "/~joe", False),
        ("User-agent: *\nDisallow: /a%2Ab", "/a*b", False),
        ("User-agent: *\nDisallow: /a%2Fb", "/a/b", True),
        ("User-agent: *\nDisallow: /a$b", "/a$bc", False),
        ("User-agent: *\nDisallow: /?s=", "/?s=dam", False),
        ("User-agent: *\nDisallow: /", "/robots.txt", True),
        ("user-AGENT : *  # all\r\n disallow:/a #x\r\n", "/a", False),
        ("\ufeffUser-agent: *\rDisallow: /", "/a", False),
        ("User-agent: Sayso\nDisallow: /", "/a", False),
        ("User-agent: SAYSO/2.1\nDisallow: /", "/a", False),
        ("User-agent: saysobot\nDisallow: /", "/a", True),
        ("User-agent: mysayso\nDisallow: /", "/a", True),
        ("User-agent: sayso\nDisallow:\n\nUser-agent: *\nDisallow: /", "/a", True),
        ("User-agent: *\nDisallow: /\n\nUser-agent: sayso\n", "/a", True),  # named, and nothing forbidden
        ("User-agent: a\nUser-agent: sayso\nUser-agent: b\nDisallow: /", "/a", False),
        ("User-agent: sayso\nDisallow: /a\nUser-agent: b\nDisallow: /b", "/b", True),
        ("User-agent: sayso\nDisallow: /a\n\nUser-agent: sayso\nDisallow: /b", "/b", False),  # groups are joined
        ("User-agent: sayso\nSitemap: /s\n\nUser-agent: b\nDisallow: /", "/a", False),  # a sitemap ends no group
        ("User-agent: *\nNoindex: /\nDisallow /a\n: /\n/", "/a", True),
    ],
)
def test_rules(rules: str, target: str, allowed: bool) -> None:
    assert robots(rules).allows(target) is allowed


@pytest.mark.parametrize(
    ("rules", "delay"),
    [
        ("User-agent: *\nCrawl-delay: 10", 10),
        ("User-agent: *\nCrawl-delay: 0.5\nCrawl-delay: 2", 2),
        ("User-agent: *\nCrawl-delay: 10\n\nUser-agent: sayso\nCrawl-delay: 3", 3),
        ("User-agent: *\nCrawl-delay: 10\n\nUser-agent: sayso\nDisallow: /a", 0),
        *((f"User-agent: *\nCrawl-delay: {wrong}", 0) for wrong in ("", "-1", "soon", "nan", "inf", "1_0x")),
    ],
)
def test_delays(rules: str, delay: float) -> None:
    assert robots(rules).delay == delay


LINES = st.lists(
    st.sampled_from(["User-agent: *", "User-agent: sayso", "Disallow: ", "Allow: ", "Crawl-delay: "]).flatmap(
        lambda start: st.text(alphabet="/*$%a2fü #:", max_size=9).map(start.__add__)
    )
    | st.text(max_size=9),
    max_size=9,
).map("\n".join)


@given(LINES, st.text(alphabet="/*$%a2fü?", max_size=9).map("/".__add__))
def test_any_file_can_be_asked_about_any_path(rules: str, target: str) -> None:
    assert robots(rules).allows(target) in (True, False)


@pytest.mark.parametrize(
    "rules",
    [
        "User-agent: *\nDisallow: /" + "*a" * (MOST_BYTES // 2),
        "User-agent: *\n" + "Disallow: /*a*a*a*a*b$\n" * (MOST_BYTES // 23),
        "".join(f"User-agent: a{n}\n" for n in range(MOST_BYTES // 40)) + "Allow: /a\n" * (MOST_BYTES // 20),
    ],
)
def test_the_worst_file_is_no_worse_than_long(rules: str) -> None:
    start = time.perf_counter()
    robots(rules).allows("/" + "a" * 7_000)
    assert time.perf_counter() - start < 10  # a tenth of it, in truth
