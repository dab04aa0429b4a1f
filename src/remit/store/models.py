"""The tables of a workspace. ``docs/reference/workspace.md`` says which may be dropped and which may never change.

Columns that conditions read are text, never null ("" where nothing is known): the database then compares them exactly
as ``remit.kernel.evaluation`` does, in which "" is unknown.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class JournalEntry(models.Model):
    """One sealed entry. Rows are added and never changed: guards in the database refuse anything else.

    ``seq`` is the order in which entries came; ``body`` the sealed form (commitments in place of values), from which
    all else is read, and ``digest`` its digest; the other columns only find it and are held against it.
    """

    seq = models.BigAutoField(primary_key=True)
    identifier = models.CharField(db_column="id", max_length=36, unique=True)
    kind = models.CharField(max_length=16)
    record = models.CharField(max_length=36)
    other = models.CharField(max_length=36, default="")
    """For a link, the record that it points to."""
    type = models.CharField(max_length=100)
    version = models.PositiveIntegerField()
    at = models.DateTimeField()
    came = models.DateTimeField(null=True)
    """When it came here, of an entry that another site made; of no sealed form, as sites differ in it."""
    via = models.CharField(max_length=100, null=True)
    person = models.CharField(max_length=150)
    role = models.CharField(max_length=100)
    digest = models.CharField(max_length=64)
    body = models.JSONField()

    class Meta:
        """How the table is called."""

        db_table = "journal_entry"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["record", "seq"], name="journal_entry_record"),
            models.Index(fields=["other"], name="journal_entry_other", condition=~models.Q(other="")),
            models.Index(fields=["at"], name="journal_entry_at"),
        ]


class ErasableValue(models.Model):
    """The values of one entry and their salts, encrypted with the record's key. The one part of the journal that shrinks.

    A row stays when its values are erased: ``erased`` names them, so that what is gone without a redaction is noticed.
    """

    entry = models.CharField(max_length=36, primary_key=True)
    record = models.CharField(max_length=36, db_index=True)
    generation = models.PositiveIntegerField(default=1)
    """Which key of the record encrypts it: erasing some of the values changes the key."""
    erased = models.JSONField(default=list)
    blob = models.BinaryField(null=True)

    class Meta:
        """How the table is called."""

        db_table = "erasable_value"


class RecordKey(models.Model):
    """The key that encrypts a record's values. Stands in a database of its own, so that it is backed up apart."""

    record = models.CharField(max_length=36)
    generation = models.PositiveIntegerField(default=1)
    key = models.BinaryField(max_length=32)

    class Meta:
        """How the table is called."""

        db_table = "record_key"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["record", "generation"], name="record_key_once")
        ]


class CurrentRecord(models.Model):
    """A record as it stands: a projection, dropped and rebuilt from the journal at will."""

    identifier = models.CharField(db_column="id", max_length=36, primary_key=True)
    type = models.CharField(max_length=100)
    kind = models.CharField(max_length=16)
    number = models.CharField(max_length=100)
    state = models.CharField(max_length=100)
    level = models.CharField(max_length=32)
    compartment = models.CharField(max_length=100)
    component = models.CharField(max_length=100)
    caveats = models.TextField()
    """Between bars, ``|a|b|``, so that one of them can be looked for; "" where there are none."""
    originator = models.CharField(max_length=150)
    invented = models.BooleanField()
    withdrawn = models.BooleanField()
    title = models.TextField()
    title_order = models.TextField()
    """The title without case and accents, by which lists are ordered."""
    occurred = models.CharField(max_length=40)
    reported = models.CharField(max_length=40)
    recorded_at = models.CharField(max_length=40)
    recorded_by = models.CharField(max_length=150)
    changed_at = models.CharField(max_length=40)
    search = models.TextField()
    area = models.CharField(max_length=100, default="")
    """The area of the coarsest level in which its first place lies."""
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    body = models.JSONField()

    class Meta:
        """How the table is called."""

        db_table = "current_record"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["type", "state", "recorded_at"], name="current_record_stands"),
            models.Index(fields=["recorded_at"], name="current_record_recorded"),
            models.Index(fields=["occurred"], name="current_record_occurred"),
            models.Index(fields=["number"], name="current_record_number"),
            models.Index(fields=["type", "-occurred", "identifier"], name="current_record_listed"),
            models.Index(fields=["-occurred", "identifier"], name="current_record_latest"),
            models.Index(fields=["recorded_by", "-recorded_at"], name="current_record_by"),
        ]


class RecordFacet(models.Model):
    """A value by which records are found: a choice, or an area of a place. Follows the current state."""

    record = models.CharField(max_length=36, db_index=True)
    type = models.CharField(max_length=100)
    name = models.CharField(max_length=200)
    value = models.CharField(max_length=200)
    sensitive = models.BooleanField()

    class Meta:
        """How the table is called."""

        db_table = "record_facet"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["type", "name", "value", "record"], name="record_facet_value"),
            models.Index(fields=["value", "record"], name="record_facet_due", condition=models.Q(name="~due")),
        ]


class Tally(models.Model):
    """So many more (or fewer) records of the same marks; summed over all rows, how many there are. Follows the current state.

    ``name`` and ``value`` are those of a facet, "" where records themselves are counted, then by month and area too.
    """

    type = models.CharField(max_length=100)
    kind = models.CharField(max_length=16)
    state = models.CharField(max_length=100)
    level = models.CharField(max_length=32)
    compartment = models.CharField(max_length=100)
    component = models.CharField(max_length=100)
    caveats = models.TextField()
    withdrawn = models.BooleanField()
    invented = models.BooleanField()
    month = models.CharField(max_length=7)
    area = models.CharField(max_length=100)
    name = models.CharField(max_length=200)
    value = models.CharField(max_length=200)
    sensitive = models.BooleanField()
    n = models.IntegerField()

    class Meta:
        """How the table is called."""

        db_table = "tally"
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["name", "type"], name="tally_name")]


class RecordSeen(models.Model):
    """A reading of a record in a compartment (``remit.records.sightings``). Guarded as entries are."""

    key = models.CharField(max_length=400, primary_key=True)
    at = models.DateTimeField(db_index=True)
    person = models.CharField(max_length=150, db_index=True)
    role = models.CharField(max_length=100)
    record = models.CharField(max_length=36, db_index=True)
    compartment = models.CharField(max_length=100)
    how = models.CharField(max_length=16)

    class Meta:
        """How the table is called."""

        db_table = "record_seen"


class Series(models.Model):
    """The last number given in a series of readable numbers."""

    name = models.CharField(max_length=150, primary_key=True)
    last = models.PositiveBigIntegerField()

    class Meta:
        """How the table is called."""

        db_table = "series"


class SealedBlock(models.Model):
    """A sealed block. Guarded as entries are."""

    number = models.PositiveBigIntegerField(primary_key=True)
    entries = models.JSONField()
    root = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    digest = models.CharField(max_length=64, unique=True)
    signature = models.CharField(max_length=128)

    class Meta:
        """How the table is called."""

        db_table = "sealed_block"


class SealedEntry(models.Model):
    """Which block holds an entry: an index over the blocks, so that the unsealed tail is found. Guarded too."""

    entry = models.CharField(max_length=36, primary_key=True)
    block = models.PositiveBigIntegerField()

    class Meta:
        """How the table is called."""

        db_table = "sealed_entry"


class Person(models.Model):
    """Who may act; signs in as the Django user of the same name. ``invented`` for people of a demonstration."""

    key = models.CharField(max_length=150, primary_key=True)
    name = models.CharField(max_length=200)
    invented = models.BooleanField(default=False)

    class Meta:
        """How the table is called."""

        db_table = "person"


class PersonRole(models.Model):
    """A role that a person holds, until a day (not held on it any more) or without end."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="held")
    role = models.CharField(max_length=100)
    until = models.DateField(null=True)

    class Meta:
        """How the table is called."""

        db_table = "person_role"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["person", "role"], name="person_role_once")
        ]


class ApiToken(models.Model):
    """A token by which a program acts as a person in one role. Only its digest is kept; ``hint`` is how it begins."""

    identifier = models.CharField(db_column="id", max_length=36, primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="tokens")
    digest = models.CharField(max_length=64, unique=True)
    hint = models.CharField(max_length=16)
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=100)
    scopes = models.JSONField()
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        """How the table is called."""

        db_table = "api_token"


class RequestAnswered(models.Model):
    """A request that its sender named with a key of its own, and the record that it made: sent twice, it is done once."""

    person = models.CharField(max_length=150)
    key = models.CharField(max_length=255)
    digest = models.CharField(max_length=64)
    """Of what was asked: the same key with something else is refused."""
    record = models.CharField(max_length=36)
    at = models.DateTimeField()

    class Meta:
        """How the table is called."""

        db_table = "request_answered"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["person", "key"], name="request_answered_once")
        ]
