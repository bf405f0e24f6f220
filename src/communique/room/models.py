"""The room's own tables: accounts, what they did, how often a report was opened, what is being added.

They are no part of the record: on SQLite they are a file of their own beside it, so that giving the record away gives
away no account. Notes and corrections are part of the record (`communique.store.models`).
"""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

ROLES = ("reader", "reviewer", "editor")


class Account(AbstractBaseUser):
    """A person who may enter. A reader reads, a reviewer also corrects and notes, an editor also adds reports."""

    name = models.CharField(max_length=60, unique=True)
    role = models.CharField(max_length=10, choices=[(role, role) for role in ROLES], default="reader")
    is_active = models.BooleanField(default=True)
    made = models.DateTimeField(auto_now_add=True)
    visited = models.DateTimeField(null=True)  # the visit before this one: what is new is counted from it

    USERNAME_FIELD = "name"
    REQUIRED_FIELDS: tuple[str, ...] = ()
    objects = BaseUserManager()

    class Meta:
        app_label = "room"
        db_table = "room_account"

    def may(self, role: str) -> bool:
        """Whether this account has a role or a higher one."""
        return ROLES.index(self.role) >= ROLES.index(role)


class Deed(models.Model):
    """The audit trail: who did what, to what, when, from where. Written once, never changed."""

    at = models.DateTimeField(auto_now_add=True, db_index=True)
    who = models.CharField(max_length=60)
    what = models.CharField(max_length=40)
    target = models.CharField(max_length=400, default="")
    detail = models.TextField(default="")
    address = models.CharField(max_length=60, default="")

    class Meta:
        app_label = "room"
        db_table = "room_deed"


class Tally(models.Model):
    """How often something limited was tried in one stretch of time."""

    key = models.CharField(max_length=120, primary_key=True)
    count = models.IntegerField(default=0)
    until = models.DateTimeField(db_index=True)

    class Meta:
        app_label = "room"
        db_table = "room_tally"


class Opened(models.Model):
    """How often the page of a report was opened in this room."""

    report = models.CharField(max_length=64, primary_key=True)
    count = models.IntegerField(default=0)

    class Meta:
        app_label = "room"
        db_table = "room_opened"


class Kept(models.Model):
    """A value that the room keeps for itself, such as the key that signs its cookies."""

    key = models.CharField(max_length=40, primary_key=True)
    value = models.TextField()

    class Meta:
        app_label = "room"
        db_table = "room_kept"


class Feed(models.Model):
    """A feed that an editor named, fetched when asked."""

    url = models.URLField(max_length=600, unique=True)
    named_by = models.CharField(max_length=60)
    made = models.DateTimeField(auto_now_add=True)
    fetched = models.DateTimeField(null=True)

    class Meta:
        app_label = "room"
        db_table = "room_feed"


class Job(models.Model):
    """Reports being added: files brought, or addresses fetched, then coded by a process of its own."""

    what = models.TextField()
    who = models.CharField(max_length=60)
    began = models.DateTimeField(auto_now_add=True)
    ended = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, default="waiting")  # waiting, working, done, failed
    said = models.TextField(default="")

    class Meta:
        app_label = "room"
        db_table = "room_job"
