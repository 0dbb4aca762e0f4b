"""The server: what it shows, what it writes, and whom it refuses."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html
from starlette.testclient import TestClient

from cleaner import Label
from cleaner.errors import ReviewError, SettingsError
from cleaner.review.runs import reviewed
from cleaner.review.server.app import FORM_HEADER, application
from cleaner.review.server.guard import HEADERS, LONGEST_BODY_BYTES
from cleaner.review.server.serve import Where, listening, serve
from cleaner.review.server.session import Session
from cleaner.review.store import standing
from tests.review.made import (
    REPLY,
    SENTENCE,
    TICKER,
    Made,
    opened,
    quarantined,
    record,
    usual_run,
    write_run,
)

PORT = 8421
HERE = f"http://127.0.0.1:{PORT}"
PAGES = ["index.html", "queue.html", "precision.html", "disputed.html", "reviewers.html"]
HOSTILE = '</script></style><img src=x onerror=alert(1)>"\u202e'


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """A run of three documents."""
    return usual_run(tmp_path)


@pytest.fixture
def session() -> Session:
    """The secrets of a server."""
    return Session(PORT)


@pytest.fixture
def stranger(run: Path, session: Session) -> Iterator[TestClient]:
    """A browser that was not given the key."""
    app = application(reviewed(run), session, "anna")
    with TestClient(app, base_url=HERE, follow_redirects=False) as client:
        yield client


@pytest.fixture
def browser(stranger: TestClient, session: Session) -> TestClient:
    """A browser that was given the key, and a page of ours in it."""
    entered = stranger.get("/", params={"key": session.key})
    assert entered.status_code == 200
    stranger.headers.update({"origin": HERE, FORM_HEADER: session.form})
    return stranger


def verdict(
    browser: TestClient, start: int, kind: str = "accept", **about: object
) -> dict[str, object]:
    body = {"document": 1, "start": start, "kind": kind, **about}
    answer = browser.post("/verdicts", json=body)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def start_of(run: Path, text: str) -> int:
    with opened(run) as review:
        return review.start("a", text)


def stood(run: Path) -> list[tuple[str, Label, str]]:
    with opened(run) as review:
        return [(v.act.reviewer, v.label, v.act.note) for v in standing(review.connection)]


def test_the_key_is_exchanged_for_a_cookie_that_no_script_and_no_other_site_can_use(
    stranger: TestClient, session: Session
) -> None:
    entered = stranger.get("/", params={"key": session.key})

    cookie = entered.headers["set-cookie"]
    assert {"HttpOnly", "SameSite=strict"} <= set(cookie.split("; "))
    assert session.key not in cookie
    assert stranger.get("/index.html").status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_every_page_is_shown_with_the_ways_to_all_others(browser: TestClient, page: str) -> None:
    answer = browser.get(f"/{page}")

    links = html.fromstring(answer.text).xpath("//nav//a/@href")
    assert answer.status_code == 200
    assert {"queue.html", "precision.html", "disputed.html", "reviewers.html"} <= set(links)


@pytest.mark.parametrize("path", ["index.html", "state", "style.css", "documents/000/00001.html"])
def test_every_answer_has_the_headers(browser: TestClient, path: str) -> None:
    answer = browser.get(f"/{path}")

    assert answer.status_code == 200
    assert {name: answer.headers[name] for name in HEADERS} == dict(HEADERS)


def test_a_document_has_its_lines_and_can_be_turned(browser: TestClient) -> None:
    page = html.fromstring(browser.get("/documents/000/00002.html").text)

    assert page.xpath("//*[@data-span]//*[contains(@class, 'text')]/text()")[:2] == [
        SENTENCE,
        TICKER.text,
    ]
    assert page.xpath("//a[@rel='prev']/@href") == ["../../documents/000/00001.html"]
    assert page.xpath("//a[@rel='next']/@href") == ["../../documents/000/00003.html"]


def test_a_document_tells_why_kept_lines_stayed(seeds_report: Path, session: Session) -> None:
    app = application(reviewed(seeds_report.parent.parent), session, "anna")
    browser = TestClient(app, base_url=HERE)
    browser.get("/", params={"key": session.key})

    page = html.fromstring(browser.get("/documents/000/00005.html").text)

    [why] = page.xpath("//*[@id='L3-why']/p[@class='fate']")
    assert why.text_content().startswith("Kept as body, score ")


def test_a_long_document_has_all_its_pages(tmp_path: Path, session: Session) -> None:
    run = write_run(tmp_path, [record("long", *[Made(SENTENCE * 100)] * 200)])
    browser = TestClient(application(reviewed(run), session, "anna"), base_url=HERE)
    browser.get("/", params={"key": session.key})
    page = html.fromstring(browser.get("/documents/000/00001.html").text)
    [following] = {*page.xpath("//nav[@class='parts']/a/@href")}

    answer = browser.get(f"/{following.removeprefix('../../')}")

    assert answer.status_code == 200
    assert html.fromstring(answer.text).xpath("//*[@id='L200']")


def test_a_line_leads_to_its_place_in_its_document(browser: TestClient, run: Path) -> None:
    answer = browser.get(f"/line/1/{start_of(run, REPLY.text)}")

    assert answer.status_code == 303
    assert answer.headers["location"] == "/documents/000/00001.html#L3"


def test_every_file_that_pages_ask_for_is_there(browser: TestClient) -> None:
    asked = set()
    for path in [*PAGES, "documents/000/00001.html"]:
        page = html.fromstring(browser.get(f"/{path}").text, base_url=f"{HERE}/{path}")
        page.make_links_absolute()
        asked |= set(page.xpath("//script/@src | //link[@rel='stylesheet']/@href"))

    assert dict.fromkeys(asked, 200) == {
        address: browser.get(address).status_code for address in asked
    }
    assert browser.get("/data/columns-0.js").status_code == 200


def test_a_verdict_is_on_the_disk_when_it_is_answered(browser: TestClient, run: Path) -> None:
    answer = verdict(browser, start_of(run, TICKER.text), "reject", note=" a quote ")

    assert answer["lines"] == 1
    assert stood(run) == [("anna", Label.BODY, "a quote")]


def test_a_verdict_reaches_as_far_as_it_says(browser: TestClient, run: Path) -> None:
    answer = verdict(browser, start_of(run, REPLY.text), "relabel", label="spam", scope="rule")

    assert answer["lines"] == 4
    assert stood(run) == [("anna", Label.SPAM, "")] * 4


def test_the_last_act_is_taken_back_until_there_is_none(browser: TestClient, run: Path) -> None:
    verdict(browser, start_of(run, REPLY.text), scope="run")

    taken_back, nothing = browser.post("/undo", json={}), browser.post("/undo", json={})

    assert (taken_back.status_code, taken_back.json()["lines"]) == (200, 2)
    assert (nothing.status_code, nothing.json()) == (
        409,
        {"error": "there is nothing to take back"},
    )
    assert stood(run) == []


def test_pages_are_told_what_stands(browser: TestClient, run: Path) -> None:
    start = start_of(run, TICKER.text)
    verdict(browser, start, "reject", note="a quote")
    with opened(run) as review:
        review.say("a", TICKER.text, Label.SPAM, who="ben")

    told = browser.get("/state", params={"document": 1}).json()

    assert (told["reviewer"], told["asked"], told["of"]) == ("anna", 1, 11)
    assert [(v["reviewer"], v["own"], v["start"], v["label"]) for v in told["verdicts"]] == [
        ("anna", True, start, "body"),
        ("ben", False, start, "spam"),
    ]


def test_somebody_else_can_sit_down(browser: TestClient, run: Path) -> None:
    answer = browser.post("/reviewer", json={"name": " Jörg  Maier"})
    verdict(browser, start_of(run, TICKER.text))

    assert answer.json() == {"reviewer": "Jörg Maier"}
    assert [who for who, _, _ in stood(run)] == ["Jörg Maier"]


@pytest.mark.parametrize("name", ["", " ", "x" * 61, "a\u202eb", "a\x00b"], ids=ascii)
def test_what_is_no_name_is_refused(browser: TestClient, name: str) -> None:
    assert browser.post("/reviewer", json={"name": name}).status_code == 422


def test_disputed_lines_and_precision_are_shown(browser: TestClient, run: Path) -> None:
    with opened(run) as review:
        review.say("a", TICKER.text, Label.SPAM, who="ben")
        review.say("b", TICKER.text, Label.BODY, who="ben")
    verdict(browser, start_of(run, TICKER.text))

    disputed = html.fromstring(browser.get("/disputed.html").text)
    precision = html.fromstring(browser.get("/precision.html").text)

    assert disputed.xpath("//li//p[@class='text']/text()") == [TICKER.text]
    first = precision.xpath("//tbody/tr[1]")[0].text_content()
    assert TICKER.rule in first
    assert "0.0% – 79.3%" in first


def test_the_queue_can_be_of_one_rule(browser: TestClient) -> None:
    page = html.fromstring(
        browser.get("/queue.html", params={"rule": REPLY.rule, "label": "comment"}).text
    )

    assert page.xpath("//li//p[@class='text']/text()") == [REPLY.text] * 4


# Refusals


@pytest.mark.parametrize("path", ["/index.html", "/queue.html", "/state", "/style.css", "/none"])
def test_a_stranger_sees_nothing(stranger: TestClient, path: str) -> None:
    assert stranger.get(path).status_code == 403


@pytest.mark.parametrize("key", ["", "x", "ключ"])
def test_a_wrong_key_gives_no_cookie(stranger: TestClient, key: str) -> None:
    answer = stranger.get("/", params={"key": key})

    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


def test_a_wrong_cookie_opens_nothing(stranger: TestClient, session: Session) -> None:
    stranger.cookies.set(session.cookie_name, "x")

    assert stranger.get("/index.html").status_code == 403


@pytest.mark.parametrize(
    "host",
    ["evil.example", f"evil.example:{PORT}", "127.0.0.1", "127.0.0.1:1", f"10.0.0.1:{PORT}", ""],
)
def test_a_name_that_leads_here_is_not_ours(browser: TestClient, host: str) -> None:
    assert browser.get("/index.html", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("origin", ["http://evil.example", "http://127.0.0.1:1", "null", None])
def test_no_other_origin_can_write(browser: TestClient, run: Path, origin: str | None) -> None:
    del browser.headers["origin"]
    headers = {} if origin is None else {"origin": origin}

    answer = browser.post("/verdicts", json={}, headers=headers)

    assert answer.status_code == 403
    assert stood(run) == []


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_other_sites_cannot_ask(browser: TestClient, site: str, method: str) -> None:
    answer = browser.request(method, "/state", headers={"sec-fetch-site": site})

    assert answer.status_code == 403


@pytest.mark.parametrize("path", ["/verdicts", "/undo", "/reviewer"])
@pytest.mark.parametrize("token", ["", "x"])
def test_nothing_is_written_without_the_token_of_our_pages(
    browser: TestClient, path: str, token: str
) -> None:
    answer = browser.post(path, headers={FORM_HEADER: token}, json={})

    assert answer.status_code == 403


def test_a_body_that_is_too_long_is_refused(browser: TestClient) -> None:
    answer = browser.post("/verdicts", content=b"x" * (LONGEST_BODY_BYTES + 1))

    assert answer.status_code == 413


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "{",
        '{"document": 1, "start": 0, "kind": "praise"}',
        '{"document": 1, "start": 0, "kind": "accept", "more": 1}',
        '{"document": -1, "start": 0, "kind": "accept"}',
        '{"document": 1e99, "start": 0, "kind": "accept"}',
        f'{{"document": {2**63}, "start": 0, "kind": "accept"}}',
        '{"document": 1, "start": 0, "kind": "relabel", "label": "nonsense"}',
        f'{{"document": 1, "start": 0, "kind": "accept", "note": "{"x" * 2_001}"}}',
        '{"document": 1, "start": 0, "kind": "accept", "note": "\\ud800"}',
        b"\xff\xfe",
    ],
    ids=range(12),
)
def test_what_is_no_verdict_is_refused(browser: TestClient, run: Path, body: str | bytes) -> None:
    assert browser.post("/verdicts", content=body).status_code == 422
    assert stood(run) == []


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ({"document": 9, "start": 0, "kind": "accept"}, "no such line"),
        ({"document": 1, "start": 1, "kind": "accept"}, "no such line"),
        ({"document": 1, "start": 0, "kind": "reject"}, "was kept"),
        ({"document": 1, "start": 0, "kind": "accept", "scope": "rule"}, "no rule removed"),
    ],
    ids=["document", "line", "kept", "rule"],
)
def test_what_cannot_be_judged_is_told(
    browser: TestClient, body: dict[str, object], why: str
) -> None:
    answer = browser.post("/verdicts", json=body)

    assert answer.status_code == 409
    assert why in answer.json()["error"]


@pytest.mark.parametrize(
    "path",
    [
        "/documents/000/00009.html",
        "/documents/000/1.html",
        "/documents/001/00001.html",
        "/documents/000/00001-2.html",
        "/documents/000/..%2f..%2frun.json",
        "/data/..%2f..%2frun.json",
        "/data/lines.sqlite",
        "/data/%2e%2e",
        "/..%2freview.sqlite",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/review.sqlite",
        "/style.css%00",
        "/line/1/99",
        "/line/1/x",
        f"/line/{'9' * 40}/0",
        "/line/１/0",
        "/queue.html?label=nonsense",
        "/state?document=x",
    ],
)
def test_what_is_not_there_is_refused_without_a_word_of_what_was_asked(
    browser: TestClient, path: str
) -> None:
    answer = browser.get(path)

    assert (answer.status_code, answer.text) == (404, "not found\n")
    assert answer.headers["content-type"].startswith("text/plain")


@pytest.mark.parametrize(
    ("method", "path"), [("PUT", "/verdicts"), ("DELETE", "/index.html"), ("GET", "/verdicts")]
)
def test_other_methods_are_refused(browser: TestClient, method: str, path: str) -> None:
    assert browser.request(method, path).status_code in {404, 405}


@pytest.mark.parametrize("page", [*PAGES, "documents/000/00001.html"])
def test_whatever_a_page_holds_is_text(tmp_path: Path, session: Session, page: str) -> None:
    lines = Made(HOSTILE), TICKER._replace(text=HOSTILE), Made(SENTENCE, undecided=True)
    write_run(
        tmp_path,
        [record(HOSTILE, *lines, url=f"https://x.example/{HOSTILE}"), quarantined("q", *lines)],
    )
    with opened(tmp_path) as review:
        review.say(HOSTILE, SENTENCE, Label.META, who=f"eve {HOSTILE[:20]}", note=HOSTILE)
    with TestClient(application(reviewed(tmp_path), session, "anna"), base_url=HERE) as browser:
        browser.get("/", params={"key": session.key})
        found = html.fromstring(browser.get(f"/{page}").text)

    assert found.xpath("//img | //*[@onerror] | //script[not(@src)]") == []
    for clean_text in found.xpath("//pre"):  # to be copied as it is
        clean_text.drop_tree()
    assert "\u202e" not in html.tostring(found, encoding="unicode")


# Starting


def test_a_port_that_is_taken_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ReviewError, match=f"port {port} is taken"):
            listening("127.0.0.1", port)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.0.7", "my-machine"])  # noqa: S104
def test_other_machines_are_kept_out_unless_let_in_on_purpose(run: Path, host: str) -> None:
    with pytest.raises(SettingsError, match="other machines could reach it"):
        serve(reviewed(run), "anna", Where(host), tell=lambda _: None)


@pytest.mark.parametrize(
    ("listening_on", "named", "expected"),
    [
        ("127.0.0.1", "localhost:8421", True),
        ("::1", "[::1]:8421", True),
        ("0.0.0.0", "192.168.0.7:8421", True),  # noqa: S104
        ("0.0.0.0", "evil.example:8421", False),  # noqa: S104
        ("192.168.0.7", "192.168.0.7:8421", True),
        ("192.168.0.7", "192.168.0.8:8421", False),
    ],
)
def test_hosts_that_are_ours(listening_on: str, named: str, *, expected: bool) -> None:
    assert Session(PORT, listening_on).is_host(named) is expected


def test_secrets_differ_from_start_to_start_and_are_not_shown() -> None:
    one, other = Session(PORT), Session(PORT)

    assert len({one.key, one.cookie, one.form, other.key, other.cookie, other.form}) == 6
    assert not any(secret in repr(one) for secret in (one.key, one.cookie, one.form))
