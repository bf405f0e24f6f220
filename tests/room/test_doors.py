"""Nobody reads or writes what they may not: without a session, with another's, with a forged token."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from made import collection

from communique.room.guarding import HEADERS

pytest.importorskip("ninja")
from django.test import Client

PASSWORD = "four quiet herons"
FORMS = {
    "/review/judge": "reviewer", "/review/edit": "reviewer", "/review/undo": "reviewer", "/review/add": "reviewer",
    "/notes/add": "reviewer", "/add/files": "editor", "/add/addresses": "editor", "/add/feed": "editor",
    "/add/forget-feed": "editor", "/logout": "reader", "/account": "reader",
}  # fmt: skip


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> str:
    from communique.room import project
    from communique.room.models import Account
    from communique.store import Record

    where = str(tmp_path_factory.mktemp("team") / "team.db")
    with Record.open(where) as opened:
        opened.add(collection())
    project.open_room(where, team=True)
    for name, role in (("rita", "reader"), ("victor", "reviewer"), ("edna", "editor")):
        account = Account(name=name, role=role)
        account.set_password(PASSWORD)
        account.save()
    return where


@pytest.fixture(autouse=True)
def opened(team: str) -> None:
    from django.conf import settings

    from communique.room import project
    from communique.room.models import Tally

    if settings.COMMUNIQUE_ROOM is None or settings.COMMUNIQUE_ROOM.where != team:
        project.open_room(team, team=True)
    Tally.objects.all().delete()


def browser(*, strict: bool = True) -> Client:
    return Client(HTTP_HOST="localhost", enforce_csrf_checks=strict)


def token_of(page: bytes) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.decode())
    assert found
    return found[1]


def entered(name: str, password: str = PASSWORD) -> Client:
    client = browser()
    token = token_of(client.get("/login").content)
    answer = client.post("/login", {"name": name, "password": password, "csrfmiddlewaretoken": token})
    assert answer.status_code == (302 if password == PASSWORD else 403)
    return client


def test_all_forms_of_the_room_are_tried_here() -> None:
    import communique.room
    from communique.room import urls

    folder = Path(communique.room.__file__).parent / "templates" / "room"
    actions = {a for p in folder.glob("*.html") for a in re.findall(r'method="post" action="([^"]+)"', p.read_text())}
    assert actions == {*FORMS, "/login"}
    known = {"/" + str(p.pattern) for p in urls.urlpatterns}
    assert actions <= known


@pytest.mark.parametrize("address", ["/", "/events", "/people", "/review", "/add", "/account", "/record", "/api/docs"])
def test_a_page_without_a_session_leads_to_the_door(address: str) -> None:
    answer = browser().get(address)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/login?next=")


@pytest.mark.parametrize("address", ["/events.json", "/events.csv", "/index.atom", "/api/events", "/api/openapi.json"])
def test_data_without_a_session_is_refused(address: str) -> None:
    assert browser().get(address).status_code == 401


@pytest.mark.parametrize("address", FORMS)
def test_a_form_without_a_session_is_refused(address: str) -> None:
    client = browser()
    token = token_of(client.get("/login").content)
    assert client.post(address, {"csrfmiddlewaretoken": token}).status_code in (401, 403)
    assert browser().post(address, {}).status_code in (401, 403)


@pytest.mark.parametrize("address", FORMS)
def test_a_form_with_a_forged_token_is_refused(address: str) -> None:
    client = entered("edna")
    for token in ("", "x" * 64, token_of(entered("victor").get("/account").content)):
        answer = client.post(address, {"csrfmiddlewaretoken": token, "event": "x", "what": "accept"})
        assert answer.status_code == 403
    away = client.post(address, {"csrfmiddlewaretoken": token_of(client.get("/account").content)},
                       HTTP_ORIGIN="https://elsewhere.example")  # fmt: skip
    assert away.status_code == 403


@pytest.mark.parametrize(("address", "role"), FORMS.items())
def test_a_form_with_the_session_of_somebody_who_may_not_is_refused(address: str, role: str) -> None:
    for name in {"reader": [], "reviewer": ["rita"], "editor": ["rita", "victor"]}[role]:
        client = entered(name)
        token = token_of(client.get("/account").content)
        answer = client.post(address, {"csrfmiddlewaretoken": token})
        assert answer.status_code == 403
        assert "needs the role" in answer.content.decode()


@pytest.mark.parametrize(
    ("address", "name", "status"),
    [("/review", "rita", 403), ("/review", "victor", 200), ("/add", "victor", 403), ("/add", "edna", 200),
     ("/deeds", "victor", 404), ("/deeds", "edna", 200), ("/events", "rita", 200)],
)  # fmt: skip
def test_each_role_sees_what_it_may(address: str, name: str, status: int) -> None:
    assert entered(name).get(address).status_code == status


def test_a_reviewer_takes_back_no_one_elses_correction() -> None:
    from communique.store import models

    edna, victor = entered("edna"), entered("victor")
    event = edna.get("/events.json").json()["events"][0]["id"]
    edna.post("/review/judge", {"event": event, "what": "accept",
                                "csrfmiddlewaretoken": token_of(edna.get("/account").content)})  # fmt: skip
    row = models.Correction.objects.get(withdrawn=False, author="edna")
    token = token_of(victor.get("/account").content)
    answer = victor.post("/review/undo", {"correction": row.id, "csrfmiddlewaretoken": token})
    assert answer.status_code == 400
    assert models.Correction.objects.get(id=row.id).withdrawn is False
    edna.post("/review/undo", {"correction": row.id, "csrfmiddlewaretoken": token_of(edna.get("/account").content)})
    assert models.Correction.objects.get(id=row.id).withdrawn is True


def test_the_door_stays_shut_after_too_many_tries() -> None:
    for _ in range(10):
        entered("rita", "wrong password")
    client = browser()
    token = token_of(client.get("/login").content)
    answer = client.post("/login", {"name": "rita", "password": PASSWORD, "csrfmiddlewaretoken": token})
    assert answer.status_code == 429


def test_the_door_leads_only_to_this_room() -> None:
    client = browser()
    token = token_of(client.get("/login").content)
    for following in (
        "https://elsewhere.example/",
        "//elsewhere.example",
        "/\\elsewhere.example",
        "javascript:alert(1)",
    ):
        answer = browser_post(client, token, following)
        assert answer == "/"


def browser_post(client: Client, token: str, following: str) -> str:
    answer = client.get("/look", {"size": "2", "next": following})
    return str(answer["Location"])


def test_a_key_reads_feeds_and_writes_nothing() -> None:
    from communique.room.accounts.entering import key_of
    from communique.room.models import Account

    key = key_of(Account.objects.get(name="rita"))
    assert browser().get(f"/index.atom?key={key}").status_code == 200
    assert browser().get("/api/events", headers={"Authorization": f"Bearer {key}"}).status_code == 200
    assert browser().get(f"/events?key={key}").status_code == 302
    assert browser().get(f"/index.atom?key={key}x").status_code == 401
    answer = browser(strict=False).post("/api/corrections", {}, headers={"Authorization": f"Bearer {key}"})
    assert answer.status_code == 401


def test_a_new_password_ends_sessions_and_keys() -> None:
    from communique.room.accounts.entering import key_of
    from communique.room.models import Account

    account = Account.objects.get(name="rita")
    key, client = key_of(account), entered("rita")
    account.set_password("another quiet heron")
    account.save()
    try:
        assert client.get("/events").status_code == 302
        assert browser().get(f"/index.atom?key={key}").status_code == 401
    finally:
        account.set_password(PASSWORD)
        account.save()


def test_a_closed_account_is_out_at_once() -> None:
    from communique.room.models import Account

    client = entered("rita")
    Account.objects.filter(name="rita").update(is_active=False)
    try:
        assert client.get("/events").status_code == 302
    finally:
        Account.objects.filter(name="rita").update(is_active=True)


@pytest.mark.parametrize("address", ["/login", "/nothing", "/events.json"])
def test_every_answer_says_what_a_browser_may_do_with_it(address: str) -> None:
    answer = browser().get(address)
    assert HEADERS.items() <= dict(answer.headers).items()
    assert "unsafe" not in answer["Content-Security-Policy"]


def test_a_room_asked_for_under_a_foreign_name_is_not_there() -> None:
    assert Client(HTTP_HOST="elsewhere.example").get("/login").status_code == 400


def test_the_text_of_a_report_never_runs(tmp_path: Path) -> None:
    from made import coding, person

    from communique.room import project
    from communique.store import Record

    evil = '<script>alert(1)</script> <img src=x onerror=alert(1)> "Ana" met Bo in </title><svg onload=alert(2)>.'
    who = (person('Ana"><script>alert(3)</script>', "PER"), person("Bo", "LSO"))
    where = str(tmp_path / "evil.db")
    with Record.open(where) as record:
        record.add([coding(evil, ("met", "meeting", who, None), publisher="<b>Post</b>", instrument="<i>paper</i>")])
    project.open_room(where)
    client = Client(HTTP_HOST="localhost")
    report = client.get("/reports.json").json()["reports"][0]
    event = client.get("/events.json").json()["events"][0]
    for address in ("/", report["address"], event["address"], "/pairs/LSO-PER", "/people", "/events?q=<script>",
                    "/record", "/instruments", "/index.atom", "/review"):  # fmt: skip
        text = client.get(address).content.decode()
        assert not re.search(r"<(script>|img src|svg onload|b>Post|i>paper)", text), address
