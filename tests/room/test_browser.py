"""The room as a person meets it: Debian's Chromium on a room that `communique room` serves, on both databases."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from databases import new_database
from made import collection

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]
sync_api = pytest.importorskip("playwright.sync_api", reason="pages are tried with Playwright")
FLAGS = ("--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
         "--disable-component-update --disable-sync").split()  # fmt: skip
PASSWORD = "four quiet herons"
PAGES = ("/", "/pairs", "/pairs/LSO-PER", "/countries", "/countries/PER", "/people", "/people/PER/rosa-quispe",
         "/instruments", "/events", "/events?country=PER&q=met", "/reports", "/reports?q=lentils", "/months",
         "/months/2023-03", "/record", "/review", "/add", "/api/docs", "/deeds", "/nothing")  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium") or "/usr/bin/chromium"
    if not Path(chromium).exists():
        message = "no chromium: the reading room is NOT tried in a browser (apt-get install chromium)"
        warnings.warn(message, stacklevel=1)
        pytest.skip(message)
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield opened
        opened.close()


def served(where: str, *options: str) -> tuple[subprocess.Popen[str], str]:
    """A room that is served, and its address."""
    room = subprocess.Popen(
        [sys.executable, "-m", "communique", "room", "--record", where, "--port", "0", *options],
        stderr=subprocess.PIPE, text=True, env={**os.environ, "COMMUNIQUE_AUTHOR": "AB"},
    )  # fmt: skip
    assert room.stderr is not None
    for line in room.stderr:
        found = re.search(r"http://\S+", line)
        if found:
            return room, found[0].rstrip("/")
    raise AssertionError("the room did not open")


def filled(where: str) -> str:
    from communique.store import Record

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright runs a loop in this thread; nothing else is done in it
    with Record.open(where) as record:
        record.add(collection(), what="made reports")
    return where


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def room(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a room for one person."""
    if request.param == "sqlite":
        where = str(tmp_path_factory.mktemp("browser") / "harbour.db")
    else:
        where = new_database(request.getfixturevalue("postgres"))
    process, address = served(filled(where))
    yield address
    process.terminate()
    process.wait(20)


@pytest.fixture
def page(browser: Browser, room: str) -> Iterator[Page]:
    """A new window of a new reader; what the console complains of fails the test."""
    context = browser.new_context(base_url=room, viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    wrong: list[str] = []
    opened.on("console", lambda m: wrong.append(m.text) if m.type == "error" and "404" not in m.text else None)
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on("request", lambda r: None if r.url.startswith((room, "data:")) else wrong.append(f"asked for {r.url}"))
    yield opened
    context.close()
    assert wrong == []


def of_kind(page: Page, kind: str, query: str = "") -> str:
    """The address of the first report, event or instrument."""
    return str(page.request.get(f"/{kind}.json{query}").json()[kind][0]["address"])


def axe() -> str:
    """axe-core, as the package that brings it holds it."""
    import axe_playwright_python

    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


@pytest.mark.parametrize("look", ["light", "dark", "phone"])
def test_axe_finds_nothing_on_any_page(browser: Browser, room: str, look: str, request: pytest.FixtureRequest) -> None:
    if look != "light" and request.node.callspec.params["room"] == "postgresql":
        pytest.skip("the looks are the same on both databases")
    context = browser.new_context(
        base_url=room, viewport={"width": 360 if look == "phone" else 1280, "height": 800}, bypass_csp=True,
        color_scheme="dark" if look == "dark" else "light",
    )  # fmt: skip
    opened = context.new_page()
    script, found = axe(), []
    addresses = [*PAGES, *(of_kind(opened, kind) for kind in ("reports", "events", "instruments"))]
    for address in addresses:
        opened.goto(address)
        opened.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        opened.evaluate(script)
        result = opened.evaluate("axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa',"
                                 " 'best-practice']})")  # fmt: skip
        found += [(address, v["id"], v["nodes"][0]["html"][:160], v["nodes"][0]["failureSummary"][:300])
                  for v in result["violations"]]  # fmt: skip
        wide = opened.evaluate("document.documentElement.scrollWidth - innerWidth")
        if wide > 0:
            found.append((address, "wider than the window", str(wide), ""))
    context.close()
    assert found == []


def test_choosing_a_record_shows_its_sentence_and_a_sentence_its_records(page: Page) -> None:
    page.goto(of_kind(page, "reports", "?q=cadets"))
    page.locator(".card.event .day").first.click()
    number = page.locator(".card.chosen").get_attribute("data-r")
    assert page.locator(f".sentence.chosen[data-r~='{number}']").count() == 1
    assert page.url.endswith(f"#r{number}")
    page.reload()
    assert page.locator(".sentence.chosen").count() == 1
    page.locator(".text .sentence").first.click()
    assert page.locator(".card.chosen").count() >= 1


def test_an_address_lands_on_the_sentence(page: Page) -> None:
    event = of_kind(page, "events", "?country=LSO&kind=meeting")
    page.goto(event)
    page.locator(".mention .word a").first.click()
    page.wait_for_url("**/reports/*#s*")
    chosen = page.locator(".sentence.chosen")
    assert chosen.count() == 1
    assert chosen.is_visible()
    box = chosen.bounding_box()
    assert box
    assert 0 <= box["y"] < 900


def test_text_size_and_theme_are_remembered(page: Page) -> None:
    page.goto("/")
    size = "parseFloat(getComputedStyle(document.documentElement).fontSize)"
    normal = page.evaluate(size)
    page.locator(".looks [data-size='3']").click()
    assert page.evaluate(size) > normal * 1.25
    page.locator(".looks [data-theme='dark']").click()
    page.goto("/events")
    assert page.evaluate(size) > normal * 1.25
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(22, 24, 26)"


def test_the_readers_own_text_size_is_honoured(page: Page) -> None:
    page.goto("/")
    size = "parseFloat(getComputedStyle(document.querySelector('.says')).fontSize)"
    before = page.evaluate(size)
    session = page.context.new_cdp_session(page)
    session.send("Page.enable")
    session.send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
    page.reload()
    assert page.evaluate(size) > before * 1.8


def test_everything_reads_and_looks_are_kept_without_javascript(browser: Browser, room: str) -> None:
    context = browser.new_context(base_url=room, java_script_enabled=False)
    opened = context.new_page()
    opened.goto(of_kind(opened, "reports", "?q=cadets"))
    opened.locator(".card .num").first.click()
    assert "#s" in opened.url
    opened.goto("/pairs/LSO-PER")
    assert opened.locator(".happening").count() > 3
    opened.locator(".looks [data-size='2']").click()
    assert opened.locator("html").get_attribute("data-size") == "2"
    opened.locator(".find input").fill("cadets")
    opened.locator(".find button").click()
    assert "q=cadets" in opened.url
    context.close()


def test_every_page_can_be_reached_and_left_by_keyboard(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert page.evaluate("document.activeElement.tagName") == "A"
    assert outline == "solid"


def test_facets_narrow_and_widen_by_links(page: Page) -> None:
    page.goto("/events")
    link = page.locator(".facets li", has_text="Malta")
    count = int(link.locator(".n").inner_text())
    link.locator("a").click()
    assert "country=MLT" in page.url
    assert page.locator(".happening").count() == count
    page.locator(".told a").click()
    assert page.locator(".happening").count() > count


def test_the_four_keys_of_review(page: Page) -> None:
    page.goto("/review")
    first = page.locator(".current h2").inner_text()
    page.keyboard.press("n")
    page.wait_for_url("**skip=1")
    assert page.locator(".current h2").inner_text() != first
    page.goto("/review")
    with page.expect_navigation():
        page.keyboard.press("a")
    assert page.locator(".current h2").inner_text() != first
    with page.expect_navigation():
        page.keyboard.press("u")
    assert page.locator(".current h2").inner_text() == first
    with page.expect_navigation():
        page.keyboard.press("w")
    assert page.locator(".current h2").inner_text() != first
    with page.expect_navigation():
        page.keyboard.press("u")
    page.keyboard.press("e")
    page.locator("#edit-field").select_option("place")
    page.locator("#edit-value").fill("warm")
    assert page.url.endswith("/review")
    page.locator("#keys-on").uncheck()
    page.locator("h1").click()
    page.keyboard.press("a")
    page.wait_for_timeout(200)
    assert page.locator(".current h2").inner_text() == first
    page.locator("#keys-on").check()


def test_marked_words_become_a_missed_event(page: Page) -> None:
    page.goto(of_kind(page, "reports", "?q=cadets"))
    page.locator("#missed summary").click()
    page.evaluate("""() => {
        const node = document.createTreeWalker(document.querySelector('.text'), NodeFilter.SHOW_TEXT);
        let text; while ((text = node.nextNode()) && text.data.indexOf('are to sail') < 0);
        const range = document.createRange(), at = text.data.indexOf('are to sail');
        range.setStart(text, at); range.setEnd(text, at + 11);
        getSelection().removeAllRanges(); getSelection().addRange(range);
    }""")
    page.wait_for_function("document.getElementById('m-words').value === 'are to sail'")
    page.locator("#m-kind").select_option("visit")
    page.locator("#m-modality").select_option("planned")
    page.locator("#m-first").fill("Peru\nLesotho")
    with page.expect_navigation():
        page.locator("#missed button").click()
    card = page.locator(".card", has_text="added by a person")
    assert card.count() == 1
    with page.expect_navigation():
        page.goto("/review")
        page.keyboard.press("u")


def test_a_note_is_written_and_counted(page: Page) -> None:
    address = of_kind(page, "reports")
    page.goto(address)
    before = int(page.locator("#notes h2 .n").inner_text())
    page.locator("#note").fill("Compare the two read-outs.")
    with page.expect_navigation():
        page.locator("#notes button").click()
    assert int(page.locator("#notes h2 .n").inner_text()) == before + 1


def test_print_leaves_controls_out(page: Page) -> None:
    page.goto(of_kind(page, "reports"))
    page.emulate_media(media="print")
    for control in (".find", ".looks", ".quick", ".top nav"):
        assert not page.locator(control).first.is_visible()
    assert page.locator(".text").is_visible()


def test_a_team_enters_by_the_door_and_sees_only_what_it_may(browser: Browser, tmp_path: Path) -> None:
    where = filled(str(tmp_path / "team.db"))
    for name, role in (("rita", "reader"), ("victor", "reviewer")):
        done = subprocess.run(
            [sys.executable, "-m", "communique", "accounts", "add", name, "--role", role, "--record", where],
            input=PASSWORD + "\n", text=True, capture_output=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
    process, address = served(where, "--team")
    try:
        for name, reviews in (("rita", False), ("victor", True)):
            context = browser.new_context(base_url=address)
            opened = context.new_page()
            opened.goto("/events?country=PER")
            opened.locator("#name").fill(name)
            opened.locator("#password").fill(PASSWORD)
            opened.locator("main button").click()
            assert opened.url.endswith("/events?country=PER")
            assert (opened.locator("nav a", has_text="Review").count() == 1) is reviews
            opened.locator(".who button").click()
            opened.wait_for_url("**/login")
            context.close()
    finally:
        process.terminate()
        process.wait(20)


def test_the_room_as_files_reads_without_a_server(browser: Browser, tmp_path: Path) -> None:
    where = filled(str(tmp_path / "files.db"))
    folder = tmp_path / "site"
    done = subprocess.run([sys.executable, "-m", "communique", "site", str(folder), "--record", where],
                          text=True, capture_output=True, check=False)  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "files.room.db").exists()
    broken = [
        (page.name, link)
        for page in folder.rglob("*.html")
        for link in re.findall(r'(?<![-\w])(?:href|src)="([^"#]+)', page.read_text(encoding="utf-8"))
        if not link.startswith("data:") and not (page.parent / link).resolve().exists()
    ]
    assert broken == []
    context = browser.new_context()
    opened = context.new_page()
    asked: list[str] = []
    opened.on("request", lambda r: asked.append(r.url))
    opened.goto((folder / "index.html").as_uri())
    opened.locator(".multiples a").first.click()
    assert opened.locator(".happening").count() > 1
    opened.locator(".happening .more").first.click()
    opened.locator(".mention .word a").first.click()
    assert opened.locator(".sentence.chosen").count() == 1
    opened.locator(".looks [data-theme='dark']").click()
    assert opened.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(22, 24, 26)"
    assert all(url.startswith("file:") for url in asked)
    context.close()


def test_a_dossier_is_one_file_that_asks_for_nothing(browser: Browser, tmp_path: Path) -> None:
    where = filled(str(tmp_path / "one.db"))
    path = tmp_path / "dossier.html"
    done = subprocess.run([sys.executable, "-m", "communique", "dossier", "per", "lso", "--record", where, "--html",
                           str(path)], text=True, capture_output=True, check=False)  # fmt: skip
    assert done.returncode == 0, done.stderr
    context = browser.new_context()
    opened = context.new_page()
    asked, wrong = [], []
    opened.on("request", lambda r: asked.append(r.url))
    opened.on("console", lambda m: wrong.append(m.text))
    opened.goto(path.as_uri())
    assert asked == [path.as_uri()]
    assert wrong == []
    assert opened.locator(".happening").count() > 3
    assert opened.evaluate("getComputedStyle(document.querySelector('.happening')).display") == "grid"
    ids = set(re.findall(r'\bid="([^"]+)"', path.read_text(encoding="utf-8")))
    assert {link[1:] for link in re.findall(r'href="([^"]+)"', path.read_text(encoding="utf-8"))} <= ids
    context.close()
